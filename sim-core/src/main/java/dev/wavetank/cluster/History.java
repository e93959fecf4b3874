package dev.wavetank.cluster;

import com.google.common.collect.ImmutableList;
import dev.wavetank.model.ContainerState;
import dev.wavetank.model.ContainerStatus;
import dev.wavetank.model.Deployment;
import dev.wavetank.model.EndpointSlice;
import dev.wavetank.model.EventObject;
import dev.wavetank.model.HorizontalPodAutoscaler;
import dev.wavetank.model.KeptObject;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.OwnerReference;
import dev.wavetank.model.Pod;
import dev.wavetank.model.PodTemplate;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.WatchEvent;
import dev.wavetank.model.manifest.CustomResourceDefinition;
import dev.wavetank.model.manifest.CustomResources;
import dev.wavetank.network.Failure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a cluster from a given moment on, as an observer with a perfect view of the store saw it. Times are
 * nanoseconds since that moment.
 */
public final class History {

    /**
     * One observed change of a pod.
     *
     * @param type EXISTING, ADDED, MODIFIED or DELETED
     * @param pod {@code pod-1}, {@code pod-2}, … in order of first sight
     * @param name the pod's name in the cluster
     * @param containerState waiting, running or terminated; null before there is a container
     * @param reason why the container waits or ended; null if there is nothing to say
     * @param hash the pod-template-hash; empty if it has none
     * @param node the node it is bound to; empty before that
     * @param workload what it belongs to in the end, such as {@code deployment/web}; empty for a pod on its own
     */
    public record PodRow(
            long at,
            String type,
            String pod,
            String name,
            String phase,
            boolean scheduled,
            boolean ready,
            boolean terminating,
            @Nullable String containerState,
            @Nullable String reason,
            @Nullable Integer exitCode,
            int restarts,
            String hash,
            String node,
            String workload) {

        boolean looksLike(PodRow other) {
            return phase.equals(other.phase)
                    && scheduled == other.scheduled
                    && ready == other.ready
                    && terminating == other.terminating
                    && java.util.Objects.equals(containerState, other.containerState)
                    && java.util.Objects.equals(reason, other.reason)
                    && java.util.Objects.equals(exitCode, other.exitCode)
                    && restarts == other.restarts;
        }
    }

    /** One version of an EndpointSlice. */
    public record SliceRow(long at, String type, EndpointSlice slice) {}

    /** One version of a Deployment's status. */
    public record DeploymentRow(long at, Deployment deployment) {}

    /** One version of a HorizontalPodAutoscaler's status. */
    public record AutoscalerRow(long at, HorizontalPodAutoscaler autoscaler) {}

    /** An Event as first seen or counted up. */
    public record EventRow(long at, EventObject event) {}

    /**
     * A request at its end, in the order of ends.
     *
     * @param client who sent it
     * @param sentAt when it was sent
     * @param latencyNanos from sending to the answer or error
     * @param pod who answered, by short name; null if it failed
     */
    public record RequestRow(
            String client,
            long sentAt,
            long latencyNanos,
            @Nullable String pod,
            @Nullable Failure failure) {}

    /** Something done from outside. */
    public record ActionRow(long at, String verb, Map<String, Object> details, String text) {}

    /** More requests than this are counted and no longer kept one by one. */
    public static final int MOST_REQUESTS = 200_000;

    private final Cluster cluster;
    private final long origin;
    private boolean requestsDropped;
    private final Map<String, String> shortNames = new LinkedHashMap<>();
    private final Map<String, PodRow> latest = new LinkedHashMap<>();
    private final List<PodRow> pods = new ArrayList<>();
    private final List<SliceRow> slices = new ArrayList<>();
    private final List<DeploymentRow> deployments = new ArrayList<>();
    private final List<AutoscalerRow> autoscalers = new ArrayList<>();
    private final List<EventRow> events = new ArrayList<>();
    private final List<RequestRow> requests = new ArrayList<>();
    private final List<ActionRow> actions = new ArrayList<>();
    private final ImmutableList<KubernetesObject> atOrigin;
    private final Map<ObjectKey, KeptObject> customResources = new TreeMap<>(java.util.Comparator.comparing(
            (ObjectKey key) -> key.kind().kind() + "/" + key.namespace() + "/" + key.name()));
    private final Cost cost;
    private @Nullable RequestSeries series;

    /** Observes a cluster from now on; what is there already is noted as EXISTING. */
    public History(Cluster cluster) {
        this.cluster = cluster;
        this.origin = cluster.now();
        List<Pod> existing = new ArrayList<>();
        for (KubernetesObject pod : cluster.store().list(ResourceKind.POD)) {
            existing.add((Pod) pod);
        }
        existing.sort(
                java.util.Comparator.comparingLong((Pod pod) -> pod.metadata().creationTimestamp())
                        .thenComparing(Pod::name));
        existing.forEach(pod -> addRow("EXISTING", pod));
        ImmutableList.Builder<KubernetesObject> there = ImmutableList.builder();
        there.addAll(cluster.store().list(ResourceKind.DEPLOYMENT));
        there.addAll(cluster.store().list(ResourceKind.HORIZONTAL_POD_AUTOSCALER));
        there.addAll(cluster.store().list(ResourceKind.ENDPOINT_SLICE));
        atOrigin = there.build();
        for (CustomResourceDefinition definition : CustomResources.all()) {
            cluster.store()
                    .list(definition.resource())
                    .forEach(object -> customResources.put(object.key(), (KeptObject) object));
        }
        cluster.store().observe(this::on);
        this.cost = new Cost(cluster);
    }

    /** The cluster that is watched. */
    public Cluster cluster() {
        return cluster;
    }

    /** What the pods have cost since that moment. */
    public Cost cost() {
        return cost;
    }

    /** The Deployments, autoscalers and EndpointSlices that were there at that moment. */
    public ImmutableList<KubernetesObject> atOrigin() {
        return atOrigin;
    }

    /** The moment that is 0 here, on the cluster's own clock. */
    public long origin() {
        return origin;
    }

    public long now() {
        return cluster.now() - origin;
    }

    public List<PodRow> pods() {
        return Collections.unmodifiableList(pods);
    }

    public List<SliceRow> slices() {
        return Collections.unmodifiableList(slices);
    }

    public List<DeploymentRow> deployments() {
        return Collections.unmodifiableList(deployments);
    }

    public List<AutoscalerRow> autoscalers() {
        return Collections.unmodifiableList(autoscalers);
    }

    public List<EventRow> events() {
        return Collections.unmodifiableList(events);
    }

    /** The requests, in the order of their ends; empty if there were more than {@link #MOST_REQUESTS}. */
    public List<RequestRow> requests() {
        return Collections.unmodifiableList(requests);
    }

    /** True if there were too many requests to keep each of them. */
    public boolean requestsDropped() {
        return requestsDropped;
    }

    /** The objects of kinds beyond Kubernetes' own that are there now, by kind and name. */
    public List<KeptObject> customResources() {
        return List.copyOf(customResources.values());
    }

    public List<ActionRow> actions() {
        return Collections.unmodifiableList(actions);
    }

    /** The short name of a pod, by its name in the cluster. */
    public String shortName(String podName) {
        return shortNames.computeIfAbsent(podName, unused -> "pod-" + (shortNames.size() + 1));
    }

    /** The names of all pods seen, by short name. */
    public Map<String, String> podNames() {
        Map<String, String> names = new LinkedHashMap<>();
        shortNames.forEach((name, shortName) -> names.put(shortName, name));
        return names;
    }

    /** Notes something done from outside. */
    public void action(String verb, Map<String, Object> details, String text) {
        actions.add(new ActionRow(now(), verb, details, text));
    }

    /** Keeps how requests went over time from now on, however many there are. */
    public void keepSeries() {
        series = new RequestSeries();
    }

    /**
     * How requests went over time: all of them if {@link #keepSeries} was called at the beginning, else as far as they were
     * kept one by one.
     */
    public RequestSeries series() {
        RequestSeries kept = series;
        if (kept == null) {
            kept = new RequestSeries();
            for (RequestRow row : requests) {
                kept.add(row.client(), row.sentAt(), row.sentAt() + row.latencyNanos(), row.failure());
            }
        }
        return kept;
    }

    /** Notes a request that has ended; {@code sentAt} and {@code endedAt} are on the cluster's clock. */
    public void request(String client, long sentAt, long endedAt, @Nullable String podName, @Nullable Failure failure) {
        RequestSeries kept = series;
        if (kept != null) {
            kept.add(client, sentAt - origin, endedAt - origin, failure);
        }
        if (requestsDropped) {
            return;
        }
        if (requests.size() == MOST_REQUESTS) {
            requestsDropped = true;
            requests.clear();
            return;
        }
        String pod = podName == null || failure != null ? null : shortName(podName);
        requests.add(new RequestRow(client, sentAt - origin, endedAt - sentAt, pod, failure));
    }

    private void on(WatchEvent event) {
        KubernetesObject object = event.object();
        if (object instanceof Pod pod) {
            addRow(event.type().name(), pod);
        } else if (object instanceof EndpointSlice slice) {
            slices.add(new SliceRow(now(), event.type().name(), slice));
        } else if (object instanceof Deployment deployment && event.type() != WatchEvent.Type.DELETED) {
            boolean newStatus = !(event.before() instanceof Deployment before)
                    || !before.status().equals(deployment.status())
                    || before.spec().replicas() != deployment.spec().replicas();
            if (newStatus) {
                deployments.add(new DeploymentRow(now(), deployment));
            }
        } else if (object instanceof HorizontalPodAutoscaler autoscaler && event.type() != WatchEvent.Type.DELETED) {
            boolean newStatus = !(event.before() instanceof HorizontalPodAutoscaler before)
                    || !before.status().equals(autoscaler.status());
            if (newStatus) {
                autoscalers.add(new AutoscalerRow(now(), autoscaler));
            }
        } else if (object instanceof KeptObject kept) {
            if (event.type() == WatchEvent.Type.DELETED) {
                customResources.remove(kept.key());
            } else if (CustomResources.of(kept.kind().apiVersion(), kept.kind().kind()) != null) {
                customResources.put(kept.key(), kept);
            }
        } else if (object instanceof EventObject occurred && event.type() != WatchEvent.Type.DELETED) {
            events.add(new EventRow(now(), occurred));
        }
    }

    private void addRow(String type, Pod pod) {
        PodRow before = latest.get(pod.metadata().uid());
        PodRow row = row(type, pod, before == null ? workloadOf(pod) : before.workload());
        latest.put(pod.metadata().uid(), row);
        boolean news = before == null || !type.equals("MODIFIED") || !before.looksLike(row);
        if (news) {
            pods.add(row);
        }
        if (type.equals("DELETED")) {
            latest.remove(pod.metadata().uid());
        }
    }

    /** The owner of the owners, as far as they are still there. */
    private String workloadOf(Pod pod) {
        KubernetesObject top = pod;
        OwnerReference owner = pod.metadata().controller();
        String workload = "";
        while (owner != null) {
            workload = owner.kind().kind().toLowerCase(Locale.ROOT) + "/" + owner.name();
            KubernetesObject found = cluster.store()
                    .get(new ObjectKey(owner.kind(), top.metadata().namespace(), owner.name()));
            top = found == null ? top : found;
            owner = found == null ? null : found.metadata().controller();
        }
        return workload;
    }

    private PodRow row(String type, Pod pod, String workload) {
        ContainerStatus first = pod.status().containerStatuses().isEmpty()
                ? null
                : pod.status().containerStatuses().get(0);
        ContainerState state = first == null ? null : first.state();
        String stateName = null;
        String reason = null;
        Integer exitCode = null;
        if (state instanceof ContainerState.Waiting waiting) {
            stateName = "waiting";
            reason = waiting.reason();
        } else if (state instanceof ContainerState.Running) {
            stateName = "running";
        } else if (state instanceof ContainerState.Terminated terminated) {
            stateName = "terminated";
            reason = terminated.reason();
            exitCode = terminated.exitCode();
        }
        return new PodRow(
                now(),
                type,
                shortName(pod.name()),
                pod.name(),
                pod.status().phase().text(),
                pod.isScheduled(),
                pod.isReady(),
                pod.metadata().isBeingDeleted(),
                stateName,
                reason,
                exitCode,
                first == null ? 0 : first.restartCount(),
                pod.metadata().labels().getOrDefault(PodTemplate.HASH_LABEL, ""),
                pod.nodeName(),
                workload);
    }
}
