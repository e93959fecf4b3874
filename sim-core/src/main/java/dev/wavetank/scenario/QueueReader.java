package dev.wavetank.scenario;

import com.google.common.collect.ImmutableList;
import dev.wavetank.engine.Distribution;
import dev.wavetank.model.manifest.Field;
import dev.wavetank.network.Load;
import java.nio.file.Path;

/** Reads the queues of a scenario. */
final class QueueReader {

    private QueueReader() {}

    static ImmutableList<QueueSpec> read(Field list, Path folder) {
        return list.elements().stream().map(queue -> queue(queue, folder)).collect(ImmutableList.toImmutableList());
    }

    private static QueueSpec queue(Field queue, Path folder) {
        String name = queue.expectObject()
                .get("name")
                .required("Name the queue as the autoscaler asks for it.")
                .text("");
        ImmutableList.Builder<Load> arrivals = ImmutableList.builder();
        for (Field phase : queue.get("arrivals")
                .required("Say when messages come, such as [{poisson: {rate: 5/s, for: 2m}}].")
                .elements()) {
            Load load = LoadReader.read(phase, folder);
            if (load instanceof Load.Open) {
                arrivals.add(load);
            } else {
                phase.problem("messages do not wait for an answer", "Use a load with a rate, such as poisson.");
            }
        }
        Field consumers = queue.get("consumers")
                .required("Say whose pods work it off: consumers: {deployment: …, time: …}.")
                .expectObject();
        QueueSpec read = new QueueSpec(
                name,
                arrivals.build(),
                consumers.isPresent()
                        ? consumers
                                .get("deployment")
                                .required("Name the Deployment.")
                                .text("")
                        : "",
                ScenarioReader.distribution(consumers.get("time"), Distribution.parse("1s")),
                consumers.get("concurrency").integer(1, 1));
        consumers.noOthers();
        queue.noOthers();
        return read;
    }
}
