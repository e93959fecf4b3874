package dev.wavetank.network;

/**
 * A balancer that counts: keeps the list of destinations and their connections, and tells the scheduler proper of changes
 * after they are made, as IPVS does in the kernel.
 *
 * <p>A destination is available if its weight is above 0; kube-proxy sets no connection thresholds.
 */
abstract class ListBalancer implements Balancer {

    final Destinations list = new Destinations();

    /** A destination was put at the head. */
    void added(int destination) {}

    /**
     * A destination is gone.
     *
     * @param predecessor what came before it, {@link #NONE} if it was the first
     */
    void removed(int destination, int predecessor) {}

    void weightChanged(int destination) {}

    /** Connections of a destination were counted. */
    void loadChanged(int destination) {}

    final boolean available(int destination) {
        return list.contains(destination) && list.weight(destination) > 0;
    }

    @Override
    public final void add(int destination, int weight) {
        list.addFirst(destination, weight);
        added(destination);
    }

    @Override
    public final void remove(int destination) {
        int predecessor = list.contains(destination) ? list.before(destination) : NONE;
        list.remove(destination);
        removed(destination, predecessor);
    }

    @Override
    public final void reweigh(int destination, int weight) {
        list.setWeight(destination, weight);
        weightChanged(destination);
    }

    /** Newcomers are put at the head one after the other, so that the last of them comes first. */
    @Override
    public final void replaceAll(int[] destinations) {
        Destinations wanted = new Destinations();
        for (int destination : destinations) {
            wanted.addFirst(destination, 1);
        }
        int destination = list.first();
        while (destination != NONE) {
            int following = list.after(destination);
            if (!wanted.contains(destination)) {
                remove(destination);
            }
            destination = following;
        }
        for (int newcomer : destinations) {
            if (!list.contains(newcomer)) {
                add(newcomer, 1);
            } else if (list.weight(newcomer) != 1) {
                reweigh(newcomer, 1);
            }
        }
    }

    @Override
    public final void opened(int destination) {
        list.opened(destination);
        loadChanged(destination);
    }

    @Override
    public final void finished(int destination) {
        list.finished(destination);
        loadChanged(destination);
    }

    @Override
    public final void forgotten(int destination) {
        list.forgotten(destination);
        loadChanged(destination);
    }

    @Override
    public final String explain(int picked) {
        return picked == NONE ? whyNone() : whyPicked(picked);
    }

    String whyNone() {
        return "no destination of " + list.size() + " has a weight above 0";
    }

    abstract String whyPicked(int picked);
}
