package dev.wavetank.autoscaling;

import org.jspecify.annotations.Nullable;

/** What the triggers of KEDA look at outside the API: queues, series, the HTTP add-on's interceptors. */
public interface EventSources {

    /**
     * The length of a queue or the value of a series, times 1000.
     *
     * @return null if there is none of that name, or it cannot be read
     */
    @Nullable
    Long valueMilli(String namespace, String source);

    /** True while sources cannot be read at all. */
    boolean areDown();

    /**
     * What passes the interceptor of an HTTPScaledObject, times 1000: requests at a time, or a second over a window.
     *
     * @param name name of the HTTPScaledObject
     */
    long httpMilli(String namespace, String name);
}
