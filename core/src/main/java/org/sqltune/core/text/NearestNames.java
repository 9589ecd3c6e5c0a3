package org.sqltune.core.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the existing name that a wrong one was probably meant to be, for the end of an error message. */
public final class NearestNames {
    private NearestNames() {}

    /**
     * The name with the fewest edits from {@code wrong}; upper and lower case are the same.
     *
     * @return empty if every name takes more edits than a third of the length of {@code wrong}, and more than one
     */
    public static Optional<String> nearest(String wrong, Collection<String> names) {
        String lower = wrong.toLowerCase(Locale.ROOT);
        return names.stream()
                .filter(name -> isNear(lower, name.toLowerCase(Locale.ROOT)))
                .min(Comparator.<String>comparingInt(name -> distance(lower, name.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** {@code "; did you mean NAME?"} with the nearest name, or an empty text. */
    public static String suggestion(String wrong, Collection<String> names) {
        return nearest(wrong, names).map(name -> "; did you mean " + name + "?").orElse("");
    }

    /**
     * The existing path nearest to one that doesn't exist: goes down as far as folders exist, takes the nearest name
     * there, and goes on below it.
     *
     * @return empty if a part of the path has no near name, or a folder can't be listed
     */
    public static Optional<Path> nearestPath(Path wrong) {
        Path existing = wrong.isAbsolute() ? wrong.getRoot() : Path.of("");
        for (Path part : wrong) {
            Path next = existing.resolve(part);
            if (!Files.exists(next)) {
                Path folder = existing;
                Optional<String> name = nearest(part.toString(), namesIn(folder));
                if (name.isEmpty()) {
                    return Optional.empty();
                }
                next = folder.resolve(name.get());
            }
            existing = next;
        }
        return Optional.of(existing);
    }

    /** {@code "; did you mean PATH?"} with the nearest existing path, or an empty text. */
    public static String pathSuggestion(Path wrong) {
        return nearestPath(wrong)
                .filter(path -> !path.equals(wrong))
                .map(path -> "; did you mean " + path + "?")
                .orElse("");
    }

    private static Collection<String> namesIn(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(each -> String.valueOf(each.getFileName())).toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Whether so few edits lead from one to the other that a slip is likely. */
    public static boolean isNear(String wrong, String name) {
        return distance(wrong, name) <= Math.max(1, wrong.length() / 3);
    }

    /** Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment). */
    public static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int substitution = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + substitution);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
