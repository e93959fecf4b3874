package dev.wavetank.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.Store;
import dev.wavetank.model.WallClock;
import dev.wavetank.model.manifest.Findings;
import dev.wavetank.model.manifest.ObjectReader;
import dev.wavetank.model.manifest.ObjectWriter;
import java.io.IOException;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** Every object a living cluster holds can be written as the API returns it, and read back the same. */
class StoredObjectsPropertiesTest {

    private static final WallClock CLOCK = new WallClock(1_780_000_000);
    private static final ObjectMapper JSON = new ObjectMapper();

    @Property(tries = 25, shrinking = ShrinkingMode.OFF)
    void what_is_written_is_read_back_the_same(
            @ForAll @IntRange(max = 40) int seconds, @ForAll @IntRange(max = 1000) int seed) throws IOException {
        Store store = liveCluster(seed, seconds).cluster().store();
        ObjectWriter writer = new ObjectWriter(CLOCK, store::get);
        ObjectReader reader = new ObjectReader(writer);
        for (ResourceKind kind : store.kinds()) {
            for (KubernetesObject object : store.list(kind)) {
                var written = writer.write(object);
                Findings findings = new Findings();
                KubernetesObject read = reader.read(kind, written, object, findings);
                assertThat(findings.problems()).as("%s", written).isEmpty();
                assertThat(read).isEqualTo(object);
                // without the object at hand the source of a pod is spelled out, but nothing else differs
                KubernetesObject alone = Objects.requireNonNull(reader.read(kind, written, new Findings()));
                assertThat(writer.write(alone)).isEqualTo(written);
                assertThat(JSON.readTree(written.toString())).isEqualTo(written);
            }
        }
    }

    private static TestCluster liveCluster(int seed, int seconds) {
        TestCluster cluster = TestCluster.ofNodes(2, 4000, seed);
        cluster.deployment(
                "web",
                3,
                "containers: [{name: 'app', image: 'app:1', ports: [{containerPort: 8000}],"
                        + " readinessProbe: {httpGet: {path: '/ready', port: 8000}}, resources: {requests: {cpu: 0.1, memory:"
                        + " '64Mi'}, limits: {memory: '128Mi'}}}]");
        cluster.apply(
                "{apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: {name: 'b'}, spec: {minAvailable:"
                        + " '50%', selector: {matchLabels: {app: 'web'}}}}");
        cluster.apply("{apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: {name: 'h'}, spec:"
                + " {scaleTargetRef: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'web'}, minReplicas: 2,"
                + " maxReplicas: 5, behavior: {scaleDown: {stabilizationWindowSeconds: 5}}}}");
        cluster.apply("{apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'c'}, data: {a: 'b'}}");
        cluster.pod(
                "once",
                "restartPolicy: 'Never', initContainers: [{name: 'init', image: 'init:1'}], containers:"
                        + " [{name: 'task', image: 'task:1'}]");
        cluster.runFor(seconds / 2.0);
        cluster.cluster().scale("web", 2 + seed % 4);
        return cluster.runFor(seconds / 2.0);
    }
}
