package dev.wavetank.cluster;

import static dev.wavetank.cluster.TestManifests.WEB;
import static dev.wavetank.cluster.TestManifests.applied;
import static dev.wavetank.cluster.TestManifests.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import dev.wavetank.model.DeleteOptions;
import dev.wavetank.model.Deployment;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.OwnerReference;
import dev.wavetank.model.Pod;
import dev.wavetank.model.ReplicaSet;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.Times;
import dev.wavetank.model.WatchEvent;
import dev.wavetank.network.AppServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * Laws of rollouts under whatever people and machines do to them. A case that fails is written as a scenario that {@code
 * wavetank run} replays; the message names the file.
 */
class RolloutPropertiesTest {

    private static final Path FAILURES = Path.of("target", "failed-rollouts");
    private static final long STEP_SECONDS = 4;
    private static final long BACK_OFF_AND_MORE = 40 * 60 * Times.SECOND;

    /** What may happen, each with the step of a scenario that does the same. */
    private enum Deed {
        SCALE,
        NEW_TEMPLATE,
        UNDO,
        RESTART,
        PAUSE,
        RESUME,
        CRASH_POD,
        DELETE_POD,
        FAIL_NODE,
        RECOVER_NODE
    }

    private record Act(Deed deed, int number) {

        void perform(Cluster cluster) {
            switch (deed) {
                case SCALE -> cluster.scale("web", number % 8);
                case NEW_TEMPLATE -> cluster.deployments().patchStrategically(WEB, patch(), "test");
                case UNDO -> cluster.deployments().undo(WEB, 0);
                case RESTART -> cluster.deployments().restart(WEB);
                case PAUSE -> cluster.deployments().setPaused(WEB, true);
                case RESUME -> cluster.deployments().setPaused(WEB, false);
                case CRASH_POD -> {
                    Pod pod =
                            staying(cluster).isEmpty() ? null : staying(cluster).get(0);
                    AppServer process = pod == null ? null : cluster.processOf(pod);
                    if (process != null) {
                        process.crash(1);
                    }
                }
                case DELETE_POD -> {
                    List<Pod> pods = staying(cluster);
                    if (!pods.isEmpty()) {
                        cluster.delete(pods.get(pods.size() - 1).key(), DeleteOptions.DEFAULT);
                    }
                }
                case FAIL_NODE ->
                    Objects.requireNonNull(cluster.kubelet("node-2")).powerOff();
                case RECOVER_NODE ->
                    Objects.requireNonNull(cluster.kubelet("node-2")).recover();
            }
        }

        private ObjectNode patch() {
            return json(
                    "{\"spec\": {\"template\": {\"metadata\": {\"annotations\": {\"version\": \"" + number + "\"}}}}}");
        }

        String step() {
            String web = "deployment: web";
            return switch (deed) {
                case SCALE -> "scale: {" + web + ", replicas: " + number % 8 + "}";
                case NEW_TEMPLATE -> "patch: {" + web + ", strategic: " + patch() + "}";
                case UNDO -> "undo: {" + web + "}";
                case RESTART -> "restart: {" + web + "}";
                case PAUSE -> "pause: {" + web + "}";
                case RESUME -> "resume: {" + web + "}";
                case CRASH_POD -> "crash: {" + web + ", pod: oldest}";
                case DELETE_POD -> "delete: {" + web + ", pod: newest}";
                case FAIL_NODE -> "failNode: {node: node-2, how: crash}";
                case RECOVER_NODE -> "recoverNode: {node: node-2}";
            };
        }

        private static List<Pod> staying(Cluster cluster) {
            return cluster.podsOf("web").stream()
                    .filter(pod -> !pod.metadata().isBeingDeleted())
                    .toList();
        }
    }

    /** Makes of numbers what can be done in their order: nothing is paused twice, no history undone that is not there. */
    private static List<Act> acts(List<Integer> numbers, List<Deed> allowed) {
        List<Act> acts = new ArrayList<>();
        boolean paused = false;
        boolean failed = false;
        boolean pending = false;
        int revisions = 1;
        for (int number : numbers) {
            Deed deed = allowed.get(number % allowed.size());
            boolean possible = switch (deed) {
                case UNDO -> !paused && revisions > 1;
                case RESTART, PAUSE -> !paused;
                case RESUME -> paused;
                case FAIL_NODE -> !failed;
                case RECOVER_NODE -> failed;
                case SCALE, NEW_TEMPLATE, CRASH_POD, DELETE_POD -> true;
            };
            if (!possible) {
                continue;
            }
            paused = deed == Deed.PAUSE || (paused && deed != Deed.RESUME);
            failed = deed == Deed.FAIL_NODE || (failed && deed != Deed.RECOVER_NODE);
            pending |= deed == Deed.NEW_TEMPLATE || deed == Deed.RESTART;
            if (pending && !paused) {
                revisions++;
                pending = false;
            }
            acts.add(new Act(deed, number / allowed.size()));
        }
        if (paused) {
            acts.add(new Act(Deed.RESUME, 0));
        }
        if (failed) {
            acts.add(new Act(Deed.RECOVER_NODE, 0));
        }
        return acts;
    }

    private record Case(int seed, int replicas, String surge, String unavailable) {

        Cluster cluster() {
            Cluster cluster = new Cluster(
                    ClusterSpec.dockerDesktop()
                            .withNodes(ImmutableList.of(
                                    NodeSpec.of("node-1", 8_000, 8L << 30),
                                    NodeSpec.of("node-2", 8_000, 8L << 30),
                                    NodeSpec.of("node-3", 8_000, 8L << 30))),
                    seed);
            cluster.apply(applied(manifest()));
            return cluster;
        }

        ObjectNode manifest() {
            return TestManifests.web("\"replicas\": " + replicas + ", \"strategy\": {\"rollingUpdate\": {\"maxSurge\": "
                    + surge + ", \"maxUnavailable\": " + unavailable + "}}");
        }

        void write(List<Act> acts, Path file) {
            StringBuilder scenario = new StringBuilder("apiVersion: wavetank.dev/v1\nkind: Scenario\nmetadata: {name: ")
                    .append(file.getFileName().toString().replace(".yaml", ""))
                    .append("}\nspec:\n  seed: ")
                    .append(seed)
                    .append("\n  duration: ")
                    .append(60 + acts.size() * STEP_SECONDS)
                    .append("s\n  cluster: {nodes: [{name: node, count: 3, cpu: \"8\", memory: 8Gi}]}\n  manifests: [")
                    .append(file.getFileName().toString().replace(".yaml", "-manifest.yaml"))
                    .append("]\n  steps:\n");
            for (int i = 0; i < acts.size(); i++) {
                scenario.append("    - {at: ")
                        .append((i + 1) * STEP_SECONDS)
                        .append("s, ")
                        .append(acts.get(i).step())
                        .append("}\n");
            }
            try {
                Files.createDirectories(FAILURES);
                Files.writeString(file, scenario.toString());
                Files.writeString(
                        file.resolveSibling(file.getFileName().toString().replace(".yaml", "-manifest.yaml")),
                        manifest().toPrettyString());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static final List<String> SHARES = List.of("1", "2", "\"25%\"", "\"50%\"", "0", "\"120%\"");

    private static Case example(int seed, int replicas, int shares) {
        String surge = SHARES.get(shares % 6);
        String unavailable = SHARES.get(shares / 6 % 5);
        boolean stuck = surge.equals("0") && unavailable.equals("0");
        return new Case(seed, replicas, stuck ? "1" : surge, unavailable);
    }

    private static void replayable(Case example, List<Act> acts, Runnable check) {
        try {
            check.run();
        } catch (AssertionError | RuntimeException e) {
            Path file = FAILURES.resolve("seed-" + example.seed() + "-" + acts.size() + "-steps.yaml");
            example.write(acts, file);
            throw new AssertionError(e.getMessage() + "\nreplay with: ./wavetank run sim-core/" + file, e);
        }
    }

    @Property(tries = 60, seed = "1136")
    void sizes_stay_within_surge_revisions_grow_and_every_rollout_ends_with_no_orphan(
            @ForAll @IntRange(min = 0, max = 10_000) int seed,
            @ForAll @IntRange(min = 1, max = 7) int replicas,
            @ForAll @IntRange(min = 0, max = 29) int shares,
            @ForAll @Size(max = 10) List<@IntRange(min = 0, max = 1_000) Integer> numbers) {
        Case example = example(seed, replicas, shares);
        List<Act> acts = acts(numbers, List.of(Deed.values()));
        replayable(example, acts, () -> {
            Cluster cluster = example.cluster();
            List<String> broken = new ArrayList<>();
            new SizeLaw(cluster, broken);
            cluster.runFor(30 * Times.SECOND);
            for (Act act : acts) {
                act.perform(cluster);
                cluster.runFor(STEP_SECONDS * Times.SECOND);
            }
            boolean ended = cluster.runUntil(cluster::isSettled, cluster.now() + BACK_OFF_AND_MORE);
            assertThat(broken).isEmpty();
            assertThat(ended)
                    .as("the rollout ends: %s", cluster.deployment("web"))
                    .isTrue();
            assertThat(orphans(cluster)).isEmpty();
            cluster.delete(WEB, DeleteOptions.DEFAULT);
            cluster.runFor(120 * Times.SECOND);
            assertThat(cluster.store().list(ResourceKind.POD)).isEmpty();
            assertThat(cluster.store().list(ResourceKind.REPLICA_SET)).isEmpty();
        });
    }

    @Property(tries = 60, seed = "1136")
    void while_pods_stay_healthy_a_rollout_never_goes_below_what_must_be_available(
            @ForAll @IntRange(min = 0, max = 10_000) int seed,
            @ForAll @IntRange(min = 1, max = 7) int replicas,
            @ForAll @IntRange(min = 0, max = 29) int shares,
            @ForAll @Size(max = 8) List<@IntRange(min = 0, max = 1_000) Integer> numbers) {
        Case example = example(seed, replicas, shares);
        List<Act> acts = acts(numbers, List.of(Deed.NEW_TEMPLATE, Deed.UNDO, Deed.RESTART, Deed.PAUSE, Deed.RESUME));
        replayable(example, acts, () -> {
            Cluster cluster = example.cluster();
            cluster.runFor(30 * Times.SECOND);
            assertThat(cluster.isSettled()).isTrue();
            List<String> broken = new ArrayList<>();
            cluster.store().observe(event -> {
                long available = cluster.podsOf("web").stream()
                        .filter(pod -> pod.isReady() && pod.isActive())
                        .count();
                int least = replicas - maxUnavailable(Objects.requireNonNull(cluster.deployment("web")));
                if (available < least) {
                    broken.add(available + " pods are available, " + least + " must be");
                }
            });
            for (Act act : acts) {
                act.perform(cluster);
                cluster.runFor(STEP_SECONDS * Times.SECOND);
            }
            boolean ended = cluster.runUntil(cluster::isSettled, cluster.now() + BACK_OFF_AND_MORE);
            assertThat(broken).isEmpty();
            assertThat(ended).isTrue();
        });
    }

    /** At every growth of a ReplicaSet: its Deployment's ReplicaSets ask for no more pods together than surge allows. */
    private static final class SizeLaw {

        private final Cluster cluster;
        private final List<String> broken;
        private final List<Integer> recentMost = new ArrayList<>();
        private long revision;

        SizeLaw(Cluster cluster, List<String> broken) {
            this.cluster = cluster;
            this.broken = broken;
            note(Objects.requireNonNull(cluster.deployment("web")));
            cluster.store().observe(this::on);
        }

        private void note(Deployment deployment) {
            recentMost.add(deployment.spec().replicas() + maxSurge(deployment));
            String noted = deployment.metadata().annotation("deployment.kubernetes.io/revision");
            long now = noted == null ? revision : Long.parseLong(noted);
            if (now < revision) {
                broken.add("the revision fell from " + revision + " to " + now);
            }
            revision = now;
        }

        private void on(WatchEvent event) {
            if (event.object() instanceof Deployment deployment && event.type() == WatchEvent.Type.MODIFIED) {
                note(deployment);
            } else if (event.object() instanceof ReplicaSet after && event.type() != WatchEvent.Type.DELETED) {
                int before = event.before() instanceof ReplicaSet replicaSet ? replicaSet.replicas() : 0;
                int total = cluster.store().list(ResourceKind.REPLICA_SET).stream()
                        .mapToInt(object -> ((ReplicaSet) object).replicas())
                        .sum();
                // a sync may act on a Deployment that has just been scaled down
                int most = recentMost.stream()
                        .skip(Math.max(0, recentMost.size() - 4))
                        .mapToInt(Integer::intValue)
                        .max()
                        .orElse(0);
                if (after.replicas() > before && total > most) {
                    broken.add(after.name() + " grew from " + before + " to " + after.replicas() + ", which makes "
                            + total + " of at most " + most);
                }
            }
        }
    }

    private static int maxSurge(Deployment deployment) {
        var rolling = (dev.wavetank.model.DeploymentSpec.Strategy.RollingUpdate)
                deployment.spec().strategy();
        return Objects.requireNonNull(rolling.maxSurge())
                .scaledValue(deployment.spec().replicas(), dev.wavetank.model.IntOrString.Rounding.UP);
    }

    private static int maxUnavailable(Deployment deployment) {
        var rolling = (dev.wavetank.model.DeploymentSpec.Strategy.RollingUpdate)
                deployment.spec().strategy();
        int share = Objects.requireNonNull(rolling.maxUnavailable())
                .scaledValue(deployment.spec().replicas(), dev.wavetank.model.IntOrString.Rounding.DOWN);
        return share == 0 && maxSurge(deployment) == 0 ? 1 : share;
    }

    private static List<ObjectKey> orphans(Cluster cluster) {
        return Stream.of(ResourceKind.POD, ResourceKind.REPLICA_SET)
                .flatMap(kind -> cluster.store().list(kind).stream())
                .filter(object -> !hasOwner(cluster, object))
                .map(KubernetesObject::key)
                .toList();
    }

    private static boolean hasOwner(Cluster cluster, KubernetesObject object) {
        OwnerReference controller = object.metadata().controller();
        KubernetesObject owner = controller == null
                ? null
                : cluster.store()
                        .get(new ObjectKey(controller.kind(), object.metadata().namespace(), controller.name()));
        return owner != null
                && owner.metadata()
                        .uid()
                        .equals(Objects.requireNonNull(controller).uid());
    }
}
