package dev.wavetank.scenario;

import com.google.common.collect.ImmutableList;
import dev.wavetank.network.CallerSettings;
import dev.wavetank.network.Load;
import dev.wavetank.network.ServiceTarget;

/** A client of a scenario; the Service it calls is of the default namespace. */
record ClientSpec(String name, ServiceTarget target, CallerSettings settings, ImmutableList<Load> load) {

    /** The Service it calls. */
    String service() {
        return target.service();
    }
}
