package dev.wavetank.conformance;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class HpaVectorsTest {

    @TestFactory
    Stream<DynamicTest> the_autoscaler_decides_as_kubernetes_does() {
        return Vectors.of(HpaTopics.all());
    }
}
