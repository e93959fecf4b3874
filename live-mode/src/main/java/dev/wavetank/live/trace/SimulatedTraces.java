package dev.wavetank.live.trace;

import dev.wavetank.report.TraceWriter;
import dev.wavetank.scenario.RunResult;
import dev.wavetank.scenario.Scenario;
import dev.wavetank.scenario.ScenarioRunner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.LongStream;

/** Traces of simulations, in memory. */
public final class SimulatedTraces {

    private SimulatedTraces() {}

    /** One trace for each seed from {@code first} to {@code last}, both included. */
    public static List<Trace> of(Scenario scenario, long first, long last) {
        return LongStream.rangeClosed(first, last)
                .mapToObj(seed -> of(scenario.withSeed(seed)))
                .toList();
    }

    /** The trace of one run. */
    public static Trace of(Scenario scenario) {
        return of(ScenarioRunner.run(scenario));
    }

    /** The trace of a run that is over. */
    public static Trace of(RunResult result) {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        try {
            TraceWriter.write(result, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String name = result.scenario().name() + ", seed " + result.scenario().seed();
        return TraceReader.parse(name, json.toByteArray());
    }
}
