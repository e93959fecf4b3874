package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.wavetank.autoscaling.knative.Breaker;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** {@code knative-breaker}: when each request starts, or why it does not. */
final class KnativeBreakerTopic implements Topic {

    private enum Kind {
        ARRIVAL,
        END,
        TIMEOUT,
        CAPACITY
    }

    /** Something that happens at a time; {@code number} is a request's, or the new capacity. */
    private record Event(long timeMicros, Kind kind, int number) {}

    @Override
    public String group() {
        return "autoscalers";
    }

    @Override
    public String name() {
        return "knative-breaker";
    }

    @Override
    public JsonNode answer(JsonNode input) {
        return new Run(input).answer();
    }

    /** One case, played on a clock of its own. No two of its events share an instant, so their order needs no further rule. */
    private static final class Run {

        private final JsonNode requests;
        private final Breaker breaker;
        private final PriorityQueue<Event> events = new PriorityQueue<>(Comparator.comparing(Event::timeMicros));
        private final String[] outcomes;
        private final Long[] starts;

        Run(JsonNode input) {
            requests = input.path("requests");
            breaker = new Breaker(
                    input.path("queueDepth").intValue(),
                    input.path("maxConcurrency").intValue(),
                    input.path("initialCapacity").intValue());
            outcomes = new String[requests.size()];
            starts = new Long[requests.size()];
            for (int i = 0; i < requests.size(); i++) {
                events.add(new Event(requests.get(i).get(0).longValue(), Kind.ARRIVAL, i));
            }
            for (JsonNode change : input.path("capacityChanges")) {
                events.add(new Event(
                        change.get(0).longValue(), Kind.CAPACITY, change.get(1).intValue()));
            }
        }

        ArrayNode answer() {
            for (Event event = events.poll(); event != null; event = events.poll()) {
                happen(event);
            }
            ArrayNode answer = Json.MAPPER.createArrayNode();
            for (int i = 0; i < outcomes.length; i++) {
                answer.addArray().add(starts[i]).add(outcomes[i]);
            }
            return answer;
        }

        private void happen(Event event) {
            long now = event.timeMicros();
            switch (event.kind()) {
                case ARRIVAL -> arrive(now, event.number());
                case END -> start(now, breaker.release());
                case CAPACITY -> start(now, breaker.setCapacity(event.number()));
                case TIMEOUT -> {
                    if (breaker.giveUp(event.number())) {
                        outcomes[event.number()] = "timeout";
                    }
                }
            }
        }

        private void arrive(long now, int request) {
            switch (breaker.offer(request)) {
                case STARTED -> start(now, List.of((long) request));
                case FULL -> outcomes[request] = "full";
                case QUEUED -> {
                    long timeout = requests.get(request).get(2).longValue();
                    if (timeout != 0) {
                        events.add(new Event(now + timeout, Kind.TIMEOUT, request));
                    }
                }
            }
        }

        private void start(long now, List<Long> started) {
            for (long request : started) {
                int index = (int) request;
                outcomes[index] = "ok";
                starts[index] = now;
                events.add(new Event(now + requests.get(index).get(1).longValue(), Kind.END, index));
            }
        }
    }
}
