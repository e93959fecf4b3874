package dev.wavetank.autoscaling;

/** What activators and queue-proxies report of the requests of a revision. */
public interface RevisionTraffic {

    /**
     * What passed in the time since the last report.
     *
     * @param concurrency requests at a time, averaged over that time; those that are held count
     * @param requests requests that came
     */
    record Report(double concurrency, long requests) {}

    /** The report of a revision since the one before. */
    Report report(String namespace, String revision);

    /** Requests that are held or being served now. */
    int inFlight(String namespace, String revision);
}
