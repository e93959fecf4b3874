package dev.wavetank.conformance;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ServiceVectorsTest {

    @TestFactory
    Stream<DynamicTest> the_service_data_plane_decides_as_kubernetes_and_the_kernel_do() {
        return Vectors.of(ServiceTopics.all());
    }
}
