package dev.wavetank.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.wavetank.engine.Distribution;
import dev.wavetank.engine.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class StorePropertiesTest {

    private static final ResourceKind CONFIG_MAP = new ResourceKind("", "v1", "ConfigMap", "configmaps", true);
    private static final Distribution SLOW = Distribution.parse("exponential(5ms)");

    /** What somebody does to one of a few objects. */
    record Operation(Kind kind, int object, int value, int waitMillis) {
        enum Kind {
            CREATE,
            UPDATE,
            STALE_UPDATE,
            PATCH,
            DELETE
        }
    }

    @Provide
    Arbitrary<List<Operation>> operations() {
        return Combinators.combine(
                        Arbitraries.of(Operation.Kind.values()),
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 10))
                .as(Operation::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(60);
    }

    @Property
    void versions_only_grow_and_watchers_see_every_change_in_order(@ForAll("operations") List<Operation> operations) {
        // given
        Simulation simulation = new Simulation(1);
        Store store = new Store(simulation);
        List<Long> written = new ArrayList<>();
        List<Long> heard = new ArrayList<>();
        store.observe(event -> written.add(event.object().metadata().resourceVersion()));
        var delays = simulation.random().stream("test");
        store.watch(
                CONFIG_MAP,
                () -> SLOW.sampleNanos(delays),
                event -> heard.add(event.object().metadata().resourceVersion()));
        // when
        for (Operation operation : operations) {
            perform(store, operation);
            simulation.runFor(operation.waitMillis() * Times.MILLISECOND);
        }
        simulation.runFor(Times.SECOND);
        // then
        assertThat(written).isSorted().doesNotHaveDuplicates();
        assertThat(heard).isEqualTo(written);
    }

    @Property
    void a_watchers_copy_ends_up_equal_to_the_store(@ForAll("operations") List<Operation> operations) {
        // given
        Simulation simulation = new Simulation(2);
        Store store = new Store(simulation);
        var delays = simulation.random().stream("test");
        Informer<KeptObject> informer =
                new Informer<>(store, CONFIG_MAP, KeptObject.class, () -> SLOW.sampleNanos(delays));
        Informer.Index<KeptObject> index =
                informer.indexBy(object -> object.source().path("data").asText());
        // when
        for (Operation operation : operations) {
            perform(store, operation);
            simulation.runFor(operation.waitMillis() * Times.MILLISECOND);
        }
        simulation.runFor(Times.SECOND);
        // then
        assertThat(List.<KubernetesObject>copyOf(informer.list()))
                .containsExactlyInAnyOrderElementsOf(store.list(CONFIG_MAP));
        List<KeptObject> indexed = new ArrayList<>();
        for (int value = 0; value <= 3; value++) {
            indexed.addAll(index.get(Integer.toString(value)));
        }
        assertThat(indexed).containsExactlyInAnyOrderElementsOf(informer.list());
    }

    @Property
    void the_generation_counts_changes_of_the_spec(@ForAll("operations") List<Operation> operations) {
        Store store = new Store(new Simulation(3));
        Map<String, Long> expected = new TreeMap<>();
        for (Operation operation : operations) {
            ObjectKey key = key(operation.object());
            KeptObject before = (KeptObject) store.get(key);
            perform(store, operation);
            KeptObject after = (KeptObject) store.get(key);
            if (after == null) {
                expected.remove(key.name());
            } else if (before == null) {
                expected.put(key.name(), 1L);
            } else if (!before.source().equals(after.source())) {
                expected.merge(key.name(), 1L, Long::sum);
            }
        }
        Map<String, Long> generations = new TreeMap<>();
        store.list(CONFIG_MAP)
                .forEach(object -> generations.put(
                        object.metadata().name(), object.metadata().generation()));
        assertThat(generations).isEqualTo(expected);
    }

    @Property
    void an_owners_dependents_are_exactly_those_that_name_it(
            @ForAll List<@net.jqwik.api.constraints.IntRange(min = 0, max = 5) Integer> ownersOfObjects) {
        // given: object i names owner n, or none for 5
        Store store = new Store(new Simulation(4));
        List<KubernetesObject> owners = new ArrayList<>();
        for (int n = 0; n < 5; n++) {
            owners.add(store.create(object(ObjectMeta.named("default", "owner-" + n), n)));
        }
        Map<String, List<ObjectKey>> expected = new TreeMap<>();
        for (int i = 0; i < ownersOfObjects.size(); i++) {
            ObjectMeta metadata = ObjectMeta.named("default", "object-" + i);
            int owner = ownersOfObjects.get(i);
            if (owner < 5) {
                metadata =
                        metadata.withOwnerReferences(ImmutableList.of(OwnerReference.controllerOf(owners.get(owner))));
            }
            KubernetesObject created = store.create(object(metadata, 0));
            if (owner < 5) {
                expected.computeIfAbsent(owners.get(owner).metadata().uid(), uid -> new ArrayList<>())
                        .add(created.key());
            }
        }
        // when every second object goes
        for (int i = 0; i < ownersOfObjects.size(); i += 2) {
            ObjectKey gone = new ObjectKey(CONFIG_MAP, "default", "object-" + i);
            store.delete(gone, DeleteOptions.DEFAULT);
            expected.values().forEach(keys -> keys.remove(gone));
        }
        // then
        for (KubernetesObject owner : owners) {
            assertThat(store.dependentsOf(owner.metadata().uid()))
                    .isEqualTo(expected.getOrDefault(owner.metadata().uid(), List.of()));
        }
    }

    private static void perform(Store store, Operation operation) {
        ObjectKey key = key(operation.object());
        KubernetesObject stored = store.get(key);
        switch (operation.kind()) {
            case CREATE -> create(store, operation, stored);
            case UPDATE -> {
                if (stored != null) {
                    store.update(object(stored.metadata(), operation.value()));
                }
            }
            case STALE_UPDATE -> updateFromAnOldVersion(store, operation, stored);
            case PATCH -> {
                if (stored != null) {
                    store.patch(key, before -> object(before.metadata(), operation.value()));
                }
            }
            case DELETE -> {
                if (stored != null) {
                    store.delete(key, DeleteOptions.DEFAULT);
                }
            }
        }
    }

    private static void create(
            Store store, Operation operation, @org.jspecify.annotations.Nullable KubernetesObject stored) {
        KubernetesObject object =
                object(ObjectMeta.named("default", "object-" + operation.object()), operation.value());
        if (stored == null) {
            store.create(object);
        } else {
            assertThat(catchThrowableOfType(ApiException.class, () -> store.create(object))
                            .reason())
                    .isEqualTo(ApiException.Reason.ALREADY_EXISTS);
        }
    }

    private static void updateFromAnOldVersion(
            Store store, Operation operation, @org.jspecify.annotations.Nullable KubernetesObject stored) {
        if (stored == null) {
            return;
        }
        ObjectMeta old = stored.metadata()
                .withVersion(stored.metadata().generation(), stored.metadata().resourceVersion() - 1);
        KubernetesObject stale = object(old, operation.value());
        assertThat(catchThrowableOfType(ApiException.class, () -> store.update(stale))
                        .reason())
                .isEqualTo(ApiException.Reason.CONFLICT);
        assertThat(store.get(stored.key())).isEqualTo(stored);
    }

    private static ObjectKey key(int object) {
        return new ObjectKey(CONFIG_MAP, "default", "object-" + object);
    }

    private static KeptObject object(ObjectMeta metadata, int value) {
        return new KeptObject(
                CONFIG_MAP,
                metadata.withLabels(ImmutableMap.of()),
                JsonNodeFactory.instance.objectNode().put("data", Integer.toString(value)));
    }
}
