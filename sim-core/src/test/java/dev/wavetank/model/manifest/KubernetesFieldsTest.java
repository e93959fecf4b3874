package dev.wavetank.model.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Keeps {@code kubernetes-fields.txt}, by which typos in manifests are found, the same as the Kubernetes model's classes.
 * Run with {@code -Dwavetank.regenerate=true} to write it anew after an update of the model.
 */
class KubernetesFieldsTest {

    private static final Path FILE =
            Path.of("src", "main", "resources", "dev", "wavetank", "model", "manifest", "kubernetes-fields.txt");

    private static final List<Class<? extends HasMetadata>> KINDS = List.of(
            io.fabric8.kubernetes.api.model.apps.Deployment.class,
            io.fabric8.kubernetes.api.model.apps.ReplicaSet.class,
            io.fabric8.kubernetes.api.model.apps.StatefulSet.class,
            io.fabric8.kubernetes.api.model.apps.DaemonSet.class,
            io.fabric8.kubernetes.api.model.Pod.class,
            io.fabric8.kubernetes.api.model.Service.class,
            io.fabric8.kubernetes.api.model.ConfigMap.class,
            io.fabric8.kubernetes.api.model.Secret.class,
            io.fabric8.kubernetes.api.model.Namespace.class,
            io.fabric8.kubernetes.api.model.Node.class,
            io.fabric8.kubernetes.api.model.ServiceAccount.class,
            io.fabric8.kubernetes.api.model.PersistentVolume.class,
            io.fabric8.kubernetes.api.model.PersistentVolumeClaim.class,
            io.fabric8.kubernetes.api.model.ResourceQuota.class,
            io.fabric8.kubernetes.api.model.LimitRange.class,
            io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler.class,
            io.fabric8.kubernetes.api.model.batch.v1.Job.class,
            io.fabric8.kubernetes.api.model.batch.v1.CronJob.class,
            io.fabric8.kubernetes.api.model.networking.v1.Ingress.class,
            io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy.class,
            io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget.class,
            io.fabric8.kubernetes.api.model.rbac.Role.class,
            io.fabric8.kubernetes.api.model.rbac.RoleBinding.class,
            io.fabric8.kubernetes.api.model.storage.StorageClass.class,
            io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass.class);

    @Test
    void the_list_of_fields_is_that_of_the_kubernetes_model() throws IOException {
        String expected = generate();
        if (Boolean.getBoolean("wavetank.regenerate")) {
            Files.writeString(FILE, expected);
        }
        assertThat(Files.readString(FILE)).isEqualTo(expected);
    }

    /** One line a type: its name, then its fields, each with the type of what is in it if that has fields of its own. */
    private static String generate() {
        Map<String, String> lines = new TreeMap<>();
        Deque<Class<?>> open = new ArrayDeque<>(KINDS);
        while (!open.isEmpty()) {
            Class<?> type = open.remove();
            if (lines.containsKey(name(type))) {
                continue;
            }
            TreeSet<String> fields = new TreeSet<>();
            for (Class<?> declaring = type; declaring != Object.class; declaring = declaring.getSuperclass()) {
                for (Field field : declaring.getDeclaredFields()) {
                    JsonProperty property = field.getAnnotation(JsonProperty.class);
                    if (property != null) {
                        Class<?> content = content(field.getGenericType());
                        fields.add(property.value() + (content == null ? "" : ":" + name(content)));
                        if (content != null) {
                            open.add(content);
                        }
                    }
                }
            }
            lines.put(name(type), name(type) + " " + String.join(" ", fields));
        }
        return String.join("\n", lines.values()) + "\n";
    }

    /** The type whose fields may stand in a field of this type; null if names there are free or there are none. */
    private static @org.jspecify.annotations.Nullable Class<?> content(Type type) {
        if (type instanceof ParameterizedType generic) {
            boolean list = generic.getRawType() == List.class;
            return list ? content(generic.getActualTypeArguments()[0]) : null;
        }
        Class<?> raw = (Class<?>) type;
        boolean modelled = raw.getName().startsWith("io.fabric8.kubernetes.api.model")
                && !raw.isEnum()
                && !raw.isInterface()
                && !List.of("Quantity", "IntOrString", "MicroTime", "FieldsV1", "RawExtension", "AnyType")
                        .contains(raw.getSimpleName());
        return modelled ? raw : null;
    }

    private static String name(Class<?> type) {
        return HasMetadata.class.isAssignableFrom(type)
                ? type.getSimpleName()
                : type.getName().replace("io.fabric8.kubernetes.api.model.", "");
    }
}
