package dev.wavetank.model;

import dev.wavetank.engine.Distribution;
import dev.wavetank.engine.RandomStream;
import dev.wavetank.engine.Simulation;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One component's way to the API server: a token bucket that holds requests back, and the time a request takes.
 *
 * <p>Source: kubernetes 1.36 client-go util/flowcontrol; 20 requests a second with bursts of 30 for each controller of the
 * controller manager, 50 and 100 for scheduler and kubelet.
 */
public final class ApiClient {

    /** Is told how a request ended. */
    @FunctionalInterface
    public interface Answer<T> {
        /**
         * Hears of the end of a request.
         *
         * @param result what the server answered; null if it refused
         * @param error why it refused; null if it did not
         */
        void on(@Nullable T result, @Nullable ApiException error);
    }

    private final Simulation simulation;
    private final Store store;
    private final Distribution requestTime;
    private final RandomStream random;
    private final long nanosPerRequest;
    private final long burstNanos;
    private long theoreticalArrival;

    /**
     * A client with its own bucket.
     *
     * @param name names the random stream of its delays
     * @param qps requests a second in the long run; 0 for no limit
     * @param burst requests that may go at once after a rest, ≥ 1
     */
    public ApiClient(Simulation simulation, Store store, Distribution requestTime, String name, int qps, int burst) {
        this.simulation = simulation;
        this.store = store;
        this.requestTime = requestTime;
        this.random = simulation.random().stream("api-client/" + name);
        this.nanosPerRequest = qps == 0 ? 0 : Times.SECOND / qps;
        this.burstNanos = nanosPerRequest * (burst - 1L);
        // a fresh bucket is full, however early the first request comes
        this.theoreticalArrival = -burstNanos;
    }

    public void create(KubernetesObject object, Answer<KubernetesObject> answer) {
        send(() -> store.create(object), answer);
    }

    public void update(KubernetesObject object, Answer<KubernetesObject> answer) {
        send(() -> store.update(object), answer);
    }

    public void updateStatus(KubernetesObject object, Answer<KubernetesObject> answer) {
        send(() -> store.updateStatus(object), answer);
    }

    public void patch(
            ObjectKey key, UnaryOperator<KubernetesObject> change, Answer<KubernetesObject> answer) {
        send(() -> store.patch(key, change), answer);
    }

    /** Answers with null where the server accepted the deletion. */
    public void delete(ObjectKey key, DeleteOptions options, Answer<Void> answer) {
        send(
                () -> {
                    store.delete(key, options);
                    return null;
                },
                answer);
    }

    /** Sends any request; it reaches the store when its turn and its time have come. */
    public <T> void send(Supplier<@Nullable T> request, Answer<T> answer) {
        long at = reserve() + requestTime.sampleNanos(random);
        simulation.at(at, () -> {
            T result;
            try {
                result = request.get();
            } catch (ApiException refused) {
                answer.on(null, refused);
                return;
            }
            answer.on(result, null);
        });
    }

    /** Takes a token; the instant at which it is to be had. */
    private long reserve() {
        long now = simulation.now();
        if (nanosPerRequest == 0) {
            return now;
        }
        long start = Math.max(now, theoreticalArrival - burstNanos);
        theoreticalArrival = Math.max(theoreticalArrival, now) + nanosPerRequest;
        return start;
    }
}
