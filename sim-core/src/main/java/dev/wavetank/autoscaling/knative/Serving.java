package dev.wavetank.autoscaling.knative;

import dev.wavetank.model.ResourceKind;

/** The kinds of Knative Serving and the labels by which its objects know each other. */
public final class Serving {

    public static final ResourceKind SERVICE =
            new ResourceKind("serving.knative.dev", "v1", "Service", "services", true);
    public static final ResourceKind CONFIGURATION =
            new ResourceKind("serving.knative.dev", "v1", "Configuration", "configurations", true);
    public static final ResourceKind REVISION =
            new ResourceKind("serving.knative.dev", "v1", "Revision", "revisions", true);
    public static final ResourceKind ROUTE = new ResourceKind("serving.knative.dev", "v1", "Route", "routes", true);
    public static final ResourceKind POD_AUTOSCALER =
            new ResourceKind("autoscaling.internal.knative.dev", "v1alpha1", "PodAutoscaler", "podautoscalers", true);
    public static final ResourceKind SERVERLESS_SERVICE = new ResourceKind(
            "networking.internal.knative.dev", "v1alpha1", "ServerlessService", "serverlessservices", true);

    /** On everything that belongs to a Knative Service. */
    public static final String SERVICE_LABEL = "serving.knative.dev/service";

    /** On everything that belongs to one revision. */
    public static final String REVISION_LABEL = "serving.knative.dev/revision";

    /** The container that limits, counts and drains the requests of the one beside it. */
    public static final String QUEUE_PROXY = "queue-proxy";

    private Serving() {}
}
