package dev.wavetank.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wavetank.engine.Durations;
import dev.wavetank.model.HorizontalPodAutoscaler;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.Resources;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing a scenario does.
 *
 * @param name by which expectations and later steps refer to it; empty if it has none
 * @param pointer where it stands in the scenario's tree
 */
record Step(String name, When when, Verb verb, String pointer) {

    /** When a step is taken: exactly one of the ways a scenario can say it. */
    sealed interface When {
        /** So long after the scenario's first moment. */
        record At(long nanos) implements When {}

        /** So long after another step was taken. */
        record After(String step, long plusNanos) implements When {}

        /** As soon as the cluster has settled after the step before; if that takes too long the run fails. */
        record UntilSettled(long timeoutNanos) implements When {}
    }

    /** What a step does: exactly one of the verbs. */
    sealed interface Verb {

        /** The verb and its object, as a line in the timeline. */
        String describe();

        record Scale(String deployment, int replicas) implements Verb {
            @Override
            public String describe() {
                return "scale deployment/" + deployment + " to " + replicas;
            }
        }

        /** {@code serverSide} is null for the usual apply, which merges in the client. */
        record Apply(
                List<KubernetesObject> objects,
                String files,
                @Nullable ServerSide serverSide) implements Verb {

            /** In whose name fields are owned, and whether they are taken from others. */
            record ServerSide(String manager, boolean force) {}

            @Override
            public String describe() {
                return "apply " + files
                        + (serverSide == null
                                ? ""
                                : " --server-side --field-manager=" + serverSide.manager()
                                        + (serverSide.force() ? " --force-conflicts" : ""));
            }
        }

        /** A patch of the object itself: strategic, which knows what lists are made of, or plain JSON merge. */
        record Patch(String deployment, JsonNode patch, boolean strategic) implements Verb {
            @Override
            public String describe() {
                return "patch deployment/" + deployment + " " + patch;
            }
        }

        /** Back to an earlier revision; 0 is the one before. */
        record Undo(String deployment, int toRevision) implements Verb {
            @Override
            public String describe() {
                return "rollout undo deployment/" + deployment
                        + (toRevision == 0 ? "" : " --to-revision=" + toRevision);
            }
        }

        record Evict(PodChoice pod) implements Verb {
            @Override
            public String describe() {
                return "evict pod " + pod.describe();
            }
        }

        record Ready(PodChoice pod, boolean is) implements Verb {
            @Override
            public String describe() {
                return "readiness " + (is ? "on" : "off") + " for pod " + pod.describe();
            }
        }

        record Crash(PodChoice pod) implements Verb {
            @Override
            public String describe() {
                return "crash pod " + pod.describe();
            }
        }

        record Hang(PodChoice pod) implements Verb {
            @Override
            public String describe() {
                return "hang pod " + pod.describe();
            }
        }

        record DeletePod(PodChoice pod) implements Verb {
            @Override
            public String describe() {
                return "delete pod " + pod.describe();
            }
        }

        record DeleteDeployment(String deployment) implements Verb {
            @Override
            public String describe() {
                return "delete deployment/" + deployment;
            }
        }

        record SetImage(String deployment, String container, String image) implements Verb {
            @Override
            public String describe() {
                return "set image deployment/" + deployment + " " + (container.isEmpty() ? "" : container + "=")
                        + image;
            }
        }

        /** The kernel kills the process for its memory. */
        record OutOfMemory(PodChoice pod) implements Verb {
            @Override
            public String describe() {
                return "run pod " + pod.describe() + " out of memory";
            }
        }

        /** Something done to a node, or to the machine under it; {@code graceSeconds} is for a shutdown. */
        record OnNode(NodeDeed deed, String node, long graceSeconds) implements Verb {
            @Override
            public String describe() {
                return deed.text() + " node/" + node;
            }
        }

        /** Other resources for a running pod; a part that is 0 stays. The container's name is empty for the first. */
        record Resize(PodChoice pod, String container, Resources requests, Resources limits) implements Verb {
            @Override
            public String describe() {
                return "resize pod " + pod.describe() + " to requests " + text(requests) + ", limits " + text(limits);
            }

            private static String text(Resources resources) {
                String cpu = resources.cpuMillis() == 0 ? "" : resources.cpuMillis() + "m";
                String memory = resources.memoryBytes() == 0 ? "" : (resources.memoryBytes() >> 20) + "Mi";
                return cpu.isEmpty() && memory.isEmpty() ? "as they are" : (cpu + " " + memory).trim();
            }
        }

        record Restart(String deployment) implements Verb {
            @Override
            public String describe() {
                return "rollout restart deployment/" + deployment;
            }
        }

        record Pause(String deployment, boolean paused) implements Verb {
            @Override
            public String describe() {
                return "rollout " + (paused ? "pause" : "resume") + " deployment/" + deployment;
            }
        }

        /** Creates a HorizontalPodAutoscaler, as {@code kubectl autoscale} does. */
        record Autoscale(String deployment, HorizontalPodAutoscaler autoscaler) implements Verb {
            @Override
            public String describe() {
                return "autoscale deployment/" + deployment + " between "
                        + autoscaler.spec().minReplicas() + " and "
                        + autoscaler.spec().maxReplicas();
            }
        }

        /** Takes the metrics APIs down, or brings them back. */
        record Metrics(boolean down) implements Verb {
            @Override
            public String describe() {
                return down ? "the metrics APIs fail" : "the metrics APIs are back";
            }
        }

        /** Keeps a processor busy in pods, beside their requests. */
        record Stress(PodChoice pod, long cpuMillis, long nanos) implements Verb {
            @Override
            public String describe() {
                return "stress pod " + pod.describe() + " with " + cpuMillis + "m for " + Durations.format(nanos);
            }
        }
    }
}
