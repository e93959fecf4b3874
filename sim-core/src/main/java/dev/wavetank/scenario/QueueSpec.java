package dev.wavetank.scenario;

import com.google.common.collect.ImmutableList;
import dev.wavetank.engine.Distribution;
import dev.wavetank.network.Load;

/**
 * A queue outside the cluster.
 *
 * @param arrivals when messages come, phase by phase
 * @param deployment whose pods work it off
 * @param time how long a pod works on a message
 * @param concurrency how many messages a pod works on at a time
 */
record QueueSpec(String name, ImmutableList<Load> arrivals, String deployment, Distribution time, int concurrency) {}
