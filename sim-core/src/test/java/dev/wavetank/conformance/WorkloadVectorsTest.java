package dev.wavetank.conformance;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class WorkloadVectorsTest {

    @TestFactory
    Stream<DynamicTest> workloads_behave_as_kubernetes_does() {
        return Vectors.of(WorkloadTopics.all());
    }
}
