package dev.wavetank.scenario;

import com.google.common.primitives.ImmutableLongArray;
import dev.wavetank.model.manifest.Field;
import dev.wavetank.network.Load;
import dev.wavetank.network.RateProfile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a recorded load from a CSV file. One column: the second of every request. Two columns: a second and the requests per
 * second from there on. A first line that holds no numbers is a heading; times count from the first row.
 */
final class ReplayFile {

    private static final double NANOS = 1e9;

    private ReplayFile() {}

    static Load read(Field shape, Path folder, long duration, long requests) {
        Field file = shape.get("file").required("Name a CSV file.");
        String name = file.text("");
        String kind = shape.get("lines").choice("steps", List.of("steps", "straight"), text -> text);
        List<double[]> rows = rows(file, name, folder);
        if (rows.isEmpty()) {
            if (!name.isEmpty()) {
                file.problem(name + " holds no rows of numbers", "Give seconds, or seconds and rates, one row a line.");
            }
            return new Load.Constant(1, 0, 1);
        }
        double origin = rows.get(0)[0];
        long[] instants = rows.stream()
                .mapToLong(row -> Math.round((row[0] - origin) * NANOS))
                .toArray();
        for (int i = 1; i < instants.length; i++) {
            if (instants[i] < instants[i - 1]) {
                file.problem(name + ": row " + (i + 1) + " is earlier than the row before", "Sort the rows by time.");
                return new Load.Constant(1, 0, 1);
            }
        }
        if (rows.get(0).length == 1) {
            return new Load.Replay(ImmutableLongArray.copyOf(instants), duration, requests);
        }
        double[] rates = rows.stream().mapToDouble(row -> row[1]).toArray();
        return LoadReader.varying(
                kind.equals("straight") ? RateProfile.through(instants, rates) : steps(instants, rates),
                shape,
                duration,
                requests);
    }

    private static RateProfile steps(long[] instants, double[] rates) {
        long[] nanos = new long[rates.length];
        for (int i = 0; i + 1 < nanos.length; i++) {
            nanos[i] = instants[i + 1] - instants[i];
        }
        nanos[nanos.length - 1] = 1;
        return RateProfile.steps(rates, nanos);
    }

    private static List<double[]> rows(Field file, String name, Path folder) {
        List<double[]> rows = new ArrayList<>();
        if (name.isEmpty()) {
            return rows;
        }
        String[] lines;
        try {
            lines = ScenarioReader.text(folder.resolve(name)).split("\\R");
        } catch (InputException e) {
            file.problem("the load " + name + " cannot be read", "The path is relative to the scenario's folder.");
            return rows;
        }
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].trim();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            double[] row = numbers(line);
            boolean fits = row != null && (rows.isEmpty() || row.length == rows.get(0).length);
            if (fits && row != null) {
                rows.add(row);
            } else if (!rows.isEmpty() || i > 0) {
                file.problem(
                        name + ":" + (i + 1) + " is not one or two numbers, as the lines before",
                        "Write seconds, or seconds,rate.");
                return rows;
            }
        }
        return rows;
    }

    private static double @Nullable [] numbers(String line) {
        String[] cells = line.split(",", -1);
        if (cells.length > 2) {
            return null;
        }
        double[] numbers = new double[cells.length];
        for (int i = 0; i < cells.length; i++) {
            try {
                numbers[i] = Double.parseDouble(cells[i].trim());
            } catch (NumberFormatException e) {
                return null;
            }
            if (!(numbers[i] >= 0 && numbers[i] < 1e15)) {
                return null;
            }
        }
        return numbers;
    }
}
