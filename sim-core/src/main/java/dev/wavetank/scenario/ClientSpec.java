package dev.wavetank.scenario;

import com.google.common.collect.ImmutableList;
import dev.wavetank.network.Load;

/** A client of a scenario. It calls {@code service} of the default namespace. */
record ClientSpec(String name, String service, ImmutableList<Load> load) {}
