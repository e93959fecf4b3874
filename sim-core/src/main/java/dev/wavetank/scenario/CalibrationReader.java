package dev.wavetank.scenario;

import dev.wavetank.engine.Distribution;
import dev.wavetank.model.Delay;
import dev.wavetank.model.manifest.Field;
import dev.wavetank.model.manifest.Findings;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads a calibration: a file of delays as some real cluster has them, which take the place of the defaults. */
final class CalibrationReader {

    private static final String API_VERSION = "wavetank.dev/v1";

    private final Path scenario;
    private final List<InputException.Mistake> mistakes;

    /** A reader of files relative to a scenario's own folder, that adds what is wrong with them to {@code mistakes}. */
    CalibrationReader(Path scenario, List<InputException.Mistake> mistakes) {
        this.scenario = scenario;
        this.mistakes = mistakes;
    }

    /** The delays in the file a field names; none if it names none. */
    Map<Delay, Distribution> read(Field field) {
        String name = field.text("");
        if (name.isEmpty()) {
            return Map.of();
        }
        Path file;
        try {
            file = scenario.toAbsolutePath().resolveSibling(name).normalize();
        } catch (InvalidPathException e) {
            field.problem("calibration is no path: " + name, "Name a file, relative to the scenario's folder.");
            return Map.of();
        }
        if (!Files.isRegularFile(file)) {
            field.problem("there is no calibration " + name, "Paths are relative to the scenario's folder.");
            return Map.of();
        }
        return read(file);
    }

    private Map<Delay, Distribution> read(Path file) {
        String shown = Path.of("").toAbsolutePath().relativize(file).toString();
        List<YamlDocument> documents = YamlReader.read(shown, ScenarioReader.text(file));
        if (documents.size() != 1) {
            mistakes.add(new InputException.Mistake(
                    shown,
                    Position.START,
                    "a calibration is one document, this file holds " + documents.size(),
                    "Start it with apiVersion: " + API_VERSION + " and kind: Calibration."));
            return Map.of();
        }
        Findings findings = new Findings();
        Field root = Field.root(documents.get(0).tree(), findings).expectObject();
        root.get("apiVersion").choice(API_VERSION, List.of(API_VERSION), text -> text);
        root.get("kind").required("Add kind: Calibration.").choice("Calibration", List.of("Calibration"), text -> text);
        // who made it of what: for people, and for whoever made it
        root.get("metadata").expectObject();
        Map<Delay, Distribution> delays =
                ClusterReader.delays(root.get("delays").expectObject());
        root.noOthers();
        List<InputException.Mistake> found = new ArrayList<>();
        for (Findings.Finding finding : findings.problems()) {
            found.add(new InputException.Mistake(
                    shown, documents.get(0).place(finding.pointer()), finding.message(), finding.cure()));
        }
        mistakes.addAll(found);
        return found.isEmpty() ? delays : Map.of();
    }
}
