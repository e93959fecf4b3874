package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.autoscaling.vpa.BucketOptions;
import dev.wavetank.autoscaling.vpa.DecayingHistogram;
import dev.wavetank.autoscaling.vpa.HistogramCheckpoint;
import java.util.List;
import java.util.Locale;

/** {@code vpa-histogram}: what the decaying histogram answers after adding, subtracting, merging and reloading. */
final class VpaHistogramTopic implements Topic {

    /** 2025-01-01T00:00:00Z, from which the file counts its milliseconds. */
    static final long ORIGIN_NANOS = 1_735_689_600_000_000_000L;

    static final long MILLI_NANOS = 1_000_000;

    @Override
    public String group() {
        return "autoscalers";
    }

    @Override
    public String name() {
        return "vpa-histogram";
    }

    @Override
    public JsonNode answer(JsonNode input) {
        boolean cpu = input.path("resource").asText().equals("cpu");
        long halfLifeNanos = input.path("halfLifeMs").longValue() * MILLI_NANOS;
        DecayingHistogram histogram = build(input.path("ops"), cpu, halfLifeNanos);
        JsonNode permilles = input.path("percentilesPermille");
        ObjectNode answer = Json.object();
        answer.put("empty", histogram.isEmpty());
        answer.set("percentiles", percentiles(histogram, permilles, cpu));
        // The file asks for the checkpoint in the cases that are about it, and tells so in their names only.
        HistogramCheckpoint checkpoint = histogram.checkpoint();
        DecayingHistogram reloaded = empty(cpu, halfLifeNanos);
        reloaded.load(checkpoint);
        answer.set("checkpoint", json(checkpoint));
        answer.set("percentilesAfterReload", percentiles(reloaded, permilles, cpu));
        answer.put("emptyAfterReload", reloaded.isEmpty());
        return answer;
    }

    /**
     * Compares all that is recorded: the checkpoint only in the cases that are about it, and of the percentiles those that do
     * not lie on a tie.
     */
    @Override
    public boolean agrees(JsonNode input, JsonNode expected, JsonNode got) {
        ObjectNode asked = Json.object();
        expected.fieldNames().forEachRemaining(field -> asked.set(field, got.path(field)));
        for (String field : List.of("percentiles", "percentilesAfterReload")) {
            if (expected.has(field)) {
                asked.set(field, recorded(expected.get(field), got.path(field)));
            }
        }
        return expected.has("percentiles") && expected.has("empty") && Json.same(expected, asked);
    }

    private static ArrayNode recorded(JsonNode expected, JsonNode got) {
        ArrayNode recorded = Json.MAPPER.createArrayNode();
        for (JsonNode percentile : got) {
            for (JsonNode record : expected) {
                if (Json.same(record.get(0), percentile.get(0))) {
                    recorded.add(percentile);
                }
            }
        }
        return recorded;
    }

    private static DecayingHistogram empty(boolean cpu, long halfLifeNanos) {
        return new DecayingHistogram(cpu ? BucketOptions.CPU_CORES : BucketOptions.MEMORY_BYTES, halfLifeNanos);
    }

    private static DecayingHistogram build(JsonNode ops, boolean cpu, long halfLifeNanos) {
        DecayingHistogram histogram = empty(cpu, halfLifeNanos);
        for (JsonNode op : ops) {
            String kind = op.get(0).asText();
            if (kind.equals("merge")) {
                histogram.merge(build(op.get(1), cpu, halfLifeNanos));
                continue;
            }
            long timeNanos = ORIGIN_NANOS + op.get(1).longValue() * MILLI_NANOS;
            double value = cpu ? op.get(2).longValue() / 1000.0 : op.get(2).doubleValue();
            double weight = op.get(3).longValue() / 1000.0;
            if (kind.equals("add")) {
                histogram.addSample(value, weight, timeNanos);
            } else {
                histogram.subtractSample(value, weight, timeNanos);
            }
        }
        return histogram;
    }

    private static ArrayNode percentiles(DecayingHistogram histogram, JsonNode permilles, boolean cpu) {
        ArrayNode percentiles = Json.MAPPER.createArrayNode();
        for (JsonNode permille : permilles) {
            double share = permille.longValue() / 1000.0;
            double value = histogram.percentile(share) * (cpu ? 1e6 : 1);
            percentiles
                    .addArray()
                    .add(permille.longValue())
                    .add(histogram.percentileBucket(share))
                    .add((long) Math.floor(value + 0.001));
        }
        return percentiles;
    }

    private static ObjectNode json(HistogramCheckpoint checkpoint) {
        ObjectNode node = Json.object();
        ObjectNode weights = node.putObject("bucketWeights");
        checkpoint.bucketWeights().forEach((bucket, weight) -> weights.put(String.valueOf(bucket), weight));
        node.put("referenceTimestampMs", (checkpoint.referenceNanos() - ORIGIN_NANOS) / MILLI_NANOS);
        node.put("totalWeight", String.format(Locale.ROOT, "%.9e", checkpoint.totalWeight()));
        return node;
    }
}
