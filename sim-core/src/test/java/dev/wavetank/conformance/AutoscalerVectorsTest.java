package dev.wavetank.conformance;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class AutoscalerVectorsTest {

    @TestFactory
    Stream<DynamicTest> vpa_keda_and_knative_decide_as_recorded() {
        return Vectors.of(AutoscalerTopics.all());
    }
}
