package dev.wavetank.network;

/** IPVS {@code lc}, {@code wlc}, {@code sed} and {@code nq}: the available destination with the least load. */
final class LeastLoaded extends ListBalancer {

    private final LoadMeasure measure;
    private final LeastLoad least;

    LeastLoaded(LoadMeasure measure) {
        this.measure = measure;
        this.least = new LeastLoad(list, measure);
    }

    @Override
    void added(int destination) {
        least.added(destination);
    }

    @Override
    void removed(int destination, int predecessor) {
        least.removed(destination);
    }

    @Override
    void weightChanged(int destination) {
        least.changed(destination);
    }

    @Override
    void loadChanged(int destination) {
        least.changed(destination);
    }

    @Override
    public int pick(long nowNanos, int clientAddress, int clientPort, RandomBits random) {
        return least.find();
    }

    /** The same pick by the kernel's scan, to check by. */
    int scan() {
        return least.scan();
    }

    @Override
    String whyPicked(int picked) {
        return picked + " has " + measure.describe(list, picked) + "; the latest to have come wins a draw";
    }
}
