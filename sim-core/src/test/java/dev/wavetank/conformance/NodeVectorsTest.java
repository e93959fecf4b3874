package dev.wavetank.conformance;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class NodeVectorsTest {

    @TestFactory
    Stream<DynamicTest> pods_and_nodes_behave_as_kubernetes_does() {
        return Vectors.of(NodeTopics.all());
    }
}
