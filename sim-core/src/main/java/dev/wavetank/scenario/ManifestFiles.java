package dev.wavetank.scenario;

import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.Service;
import dev.wavetank.model.manifest.Field;
import dev.wavetank.model.manifest.Findings;
import dev.wavetank.model.manifest.LastApplied;
import dev.wavetank.model.manifest.ManifestReader;
import dev.wavetank.model.manifest.Suggestion;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Finds and reads the manifest files a scenario names. */
final class ManifestFiles {

    /** What was in a file. */
    record Content(
            List<KubernetesObject> objects,
            List<InputException.Mistake> mistakes,
            Set<String> notSimulated,
            Map<String, Selector> selectors) {}

    /** A Service and where its selector was written. */
    record Selector(Service service, String file, Position position) {}

    private static final int DEEPEST_GLOB = 8;

    private final Path folder;

    /** Names are relative to this folder. */
    ManifestFiles(Path folder) {
        this.folder = folder;
    }

    /** The files of that name or pattern, in the order of their names; none if there are none. */
    List<Path> matching(String name) {
        boolean pattern = name.contains("*") || name.contains("?") || name.contains("{");
        try {
            if (!pattern) {
                Path file = folder.resolve(name).normalize();
                return Files.isRegularFile(file) ? List.of(file) : List.of();
            }
            return glob(name);
        } catch (InvalidPathException | IOException e) {
            return List.of();
        }
    }

    private List<Path> glob(String name) throws IOException {
        int firstWild = name.replaceAll("[*?{].*", "").lastIndexOf('/');
        Path base = firstWild < 0 ? folder : folder.resolve(name.substring(0, firstWild));
        Path root = base.normalize();
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        String rest = name.substring(firstWild + 1);
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + rest);
        try (Stream<Path> walk = Files.walk(root, DEEPEST_GLOB)) {
            return walk.filter(Files::isRegularFile)
                    .filter(file -> matcher.matches(root.relativize(file)))
                    .sorted()
                    .toList();
        }
    }

    /** A hint at a file of a similar name, to be put at the end of a sentence; may be empty. */
    String nearest(String name) {
        Path wanted = folder.resolve(name).normalize();
        Path parent = wanted.getParent();
        Path last = wanted.getFileName();
        if (parent == null || last == null || !Files.isDirectory(parent)) {
            return "";
        }
        try (Stream<Path> files = Files.list(parent)) {
            List<String> names = files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
            return Suggestion.nearest(last.toString(), names)
                    .map(near -> "; there is " + near + " beside it")
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    /** Reads all documents of a file. */
    Content read(Path file) {
        Path shown = Path.of("").toAbsolutePath().relativize(file.toAbsolutePath());
        List<KubernetesObject> objects = new ArrayList<>();
        List<InputException.Mistake> mistakes = new ArrayList<>();
        Map<String, Selector> selectors = new LinkedHashMap<>();
        Set<String> notSimulated = new java.util.LinkedHashSet<>();
        for (YamlDocument document : YamlReader.read(shown.toString(), ScenarioReader.text(file))) {
            Findings findings = new Findings();
            KubernetesObject object = ManifestReader.read(Field.root(document.tree(), findings));
            if (object instanceof Service service) {
                selectors.put(
                        service.name(), new Selector(service, shown.toString(), document.place("/spec/selector")));
            }
            if (object != null) {
                objects.add(LastApplied.note(object, document.tree()));
            }
            notSimulated.addAll(findings.notSimulated());
            for (Findings.Finding finding : findings.problems()) {
                mistakes.add(new InputException.Mistake(
                        shown.toString(), document.place(finding.pointer()), finding.message(), finding.cure()));
            }
        }
        return new Content(objects, mistakes, notSimulated, selectors);
    }
}
