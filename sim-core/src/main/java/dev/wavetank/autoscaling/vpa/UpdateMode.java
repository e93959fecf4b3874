package dev.wavetank.autoscaling.vpa;

/** {@code spec.updatePolicy.updateMode}: when a recommendation reaches a pod. */
public enum UpdateMode {
    /** Never; the recommendation is only published. */
    OFF("Off", false, false),
    /** When the pod is created. */
    INITIAL("Initial", true, false),
    /** When the pod is created; running pods are evicted so that they are. The default. */
    RECREATE("Recreate", true, true),
    /** Deprecated name of {@link #RECREATE}. */
    AUTO("Auto", true, true),
    /** When the pod is created; running pods are resized, or evicted if that fails. */
    IN_PLACE_OR_RECREATE("InPlaceOrRecreate", true, true),
    /** When the pod is created; running pods are only ever resized. Behind a feature gate that is off: nothing happens to them. */
    IN_PLACE("InPlace", true, false);

    private final String apiName;
    private final boolean patchesNewPods;
    private final boolean updatesRunningPods;

    UpdateMode(String apiName, boolean patchesNewPods, boolean updatesRunningPods) {
        this.apiName = apiName;
        this.patchesNewPods = patchesNewPods;
        this.updatesRunningPods = updatesRunningPods;
    }

    /** The value in the API, such as {@code InPlaceOrRecreate}. */
    public String apiName() {
        return apiName;
    }

    /** True if the admission webhook patches pods as they are created. */
    public boolean patchesNewPods() {
        return patchesNewPods;
    }

    /** True if the updater looks at running pods. */
    public boolean updatesRunningPods() {
        return updatesRunningPods;
    }

    /**
     * The mode with the given name in the API.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static UpdateMode of(String apiName) {
        for (UpdateMode mode : values()) {
            if (mode.apiName.equals(apiName)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("updateMode " + apiName
                + " is unknown; use Off, Initial, Recreate, Auto, InPlaceOrRecreate or InPlace");
    }
}
