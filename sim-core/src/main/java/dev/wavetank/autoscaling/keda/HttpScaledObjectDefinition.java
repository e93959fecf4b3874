package dev.wavetank.autoscaling.keda;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.wavetank.model.KeptObject;
import dev.wavetank.model.ObjectMeta;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.manifest.CustomResourceDefinition;
import dev.wavetank.model.manifest.Field;
import java.util.List;

/** The kind HTTPScaledObject of KEDA's HTTP add-on. */
public final class HttpScaledObjectDefinition implements CustomResourceDefinition {

    @Override
    public ResourceKind resource() {
        return HttpScaledObject.KIND;
    }

    @Override
    public List<String> shortNames() {
        return List.of("httpso");
    }

    @Override
    public void check(Field manifest) {
        Field spec = manifest.get("spec")
                .required("Say what to scale, in scaleTargetRef.")
                .expectObject();
        if (spec.isPresent()) {
            HttpScaledObject.read(
                    new KeptObject(HttpScaledObject.KIND, ObjectMeta.named("default", "x"), manifest.node()), spec);
        }
    }

    @Override
    public ImmutableList<String> columnTitles() {
        return ImmutableList.of("TARGETWORKLOAD", "TARGETSERVICE", "MINREPLICAS", "MAXREPLICAS");
    }

    @Override
    public ImmutableMap<String, String> columns(KeptObject object) {
        HttpScaledObject read = HttpScaledObject.of(object);
        return ImmutableMap.of(
                "TARGETWORKLOAD",
                read.target().apiVersion() + "/" + read.target().kind() + "/"
                        + read.target().name(),
                "TARGETSERVICE",
                read.service(),
                "MINREPLICAS",
                Integer.toString(read.min()),
                "MAXREPLICAS",
                Integer.toString(read.max()));
    }
}
