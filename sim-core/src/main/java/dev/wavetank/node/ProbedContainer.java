package dev.wavetank.node;

import dev.wavetank.model.ContainerState;
import dev.wavetank.model.PodPhase;

/**
 * What a probe worker sees of its container: the status the kubelet last published.
 *
 * @param id names this run of the container, another one after every restart; {@link #NO_ID} before the first
 * @param started true once running and past its startup probe
 * @param willRestart true if a stopped container is started again, which its restart policy decides
 */
public record ProbedContainer(PodPhase podPhase, long id, ContainerState state, boolean started, boolean willRestart) {

    /** The id of a container that has not been created. */
    public static final long NO_ID = 0;
}
