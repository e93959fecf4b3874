package dev.wavetank.autoscaling.keda;

import com.google.common.collect.ImmutableList;
import dev.wavetank.model.HorizontalPodAutoscalerSpec.TargetRef;
import dev.wavetank.model.KeptObject;
import dev.wavetank.model.Quantity;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.Times;
import dev.wavetank.model.manifest.CustomResources;
import dev.wavetank.model.manifest.Field;
import dev.wavetank.model.manifest.Findings;

/**
 * An HTTPScaledObject of KEDA's HTTP add-on with its fields taken apart.
 *
 * @param object the object as the store holds it
 * @param target the workload to scale
 * @param service the Service whose requests pass the interceptor
 * @param hosts the hosts by which it is reached there
 * @param min replicas without traffic
 * @param max replicas at most
 * @param cooldownSeconds from the last request to the last pod's end
 * @param byRate true if requests a second are counted, false if requests at a time
 * @param targetMillis what one replica is to take of these, times 1000
 * @param windowNanos over which a rate is averaged
 */
public record HttpScaledObject(
        KeptObject object,
        TargetRef target,
        String service,
        ImmutableList<String> hosts,
        int min,
        int max,
        long cooldownSeconds,
        boolean byRate,
        long targetMillis,
        long windowNanos) {

    public static final ResourceKind KIND =
            new ResourceKind("http.keda.sh", "v1alpha1", "HTTPScaledObject", "httpscaledobjects", true);

    private static final long STANDARD_TARGET = 100_000;

    /** Takes an object apart that has been found right. */
    public static HttpScaledObject of(KeptObject object) {
        return read(object, Field.root(object.source(), new Findings()).get("spec"));
    }

    public String name() {
        return object.metadata().name();
    }

    public String namespace() {
        return object.metadata().namespace();
    }

    static HttpScaledObject read(KeptObject object, Field spec) {
        Field ref = spec.get("scaleTargetRef")
                .required("Name the workload and its Service.")
                .expectObject();
        TargetRef target = new TargetRef(
                ref.get("apiVersion").text("apps/v1"),
                ref.get("kind").text("Deployment"),
                ref.get("name").required("Name the workload.").text(""));
        String service = ref.get("service").required("Name its Service.").text("");
        ref.get("port");
        ref.get("portName");
        Field replicas = spec.get("replicas").expectObject();
        Field metric = spec.get("scalingMetric").expectObject();
        Field rate = metric.get("requestRate").expectObject();
        Field concurrency = metric.get("concurrency").expectObject();
        if (rate.isPresent() && concurrency.isPresent()) {
            metric.problem("there are two metrics", "Give either concurrency or requestRate.");
        }
        Field meant = rate.isPresent() ? rate : concurrency;
        rate.get("granularity");
        spec.get("pathPrefixes");
        HttpScaledObject read = new HttpScaledObject(
                object,
                target,
                service,
                spec.get("hosts").elements().stream()
                        .map(host -> host.text(""))
                        .collect(ImmutableList.toImmutableList()),
                replicas.get("min").integer(0, 0),
                replicas.get("max").integer(100, 1),
                spec.get("scaledownPeriod").longInteger(300, 0, Integer.MAX_VALUE),
                rate.isPresent(),
                meant.get("targetValue")
                        .parsed(STANDARD_TARGET, text -> Quantity.parse(text).milliValue()),
                rate.get("window").parsed(60 * Times.SECOND, dev.wavetank.engine.Durations::parse));
        CustomResources.leftOvers(ref, "HTTPScaledObject spec.scaleTargetRef");
        CustomResources.leftOvers(spec, "HTTPScaledObject spec");
        return read;
    }
}
