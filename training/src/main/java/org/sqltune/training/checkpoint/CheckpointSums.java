package org.sqltune.training.checkpoint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sqltune.core.io.FileHashes;

/**
 * {@value #NAME} of a folder: the SHA-256 of every other file in it, in the form that {@code sha256sum -c} reads. A change of
 * any bit of any file is noticed, of this one too: its lines are read strictly, and every file must have one.
 */
final class CheckpointSums {
    static final String NAME = "SHA256SUMS";

    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  ([^/\\n]+)\\n");

    private CheckpointSums() {}

    /** Writes the sums of a folder's files. */
    static void write(Path folder, FileHashes hashes) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Path file : files(folder)) {
            text.append(hashes.of(file)).append("  ").append(file.getFileName()).append('\n');
        }
        Files.writeString(folder.resolve(NAME), text);
    }

    /** Whether a folder has sums. */
    static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(NAME));
    }

    /** Reads every file of a folder and returns what is wrong with the first that isn't as it was; empty if all are. */
    static Optional<String> fault(Path folder) throws IOException {
        Map<String, String> sums = new TreeMap<>();
        String text = Files.readString(folder.resolve(NAME), StandardCharsets.ISO_8859_1);
        Matcher line = LINE.matcher(text);
        int end = 0;
        while (line.find() && line.start() == end) {
            sums.put(
                    new String(line.group(2).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8),
                    line.group(1));
            end = line.end();
        }
        if (end < text.length()) {
            return Optional.of(NAME + " has a line that is no SHA-256 and file name");
        }
        TreeSet<String> names = new TreeSet<>();
        for (Path file : files(folder)) {
            String name = String.valueOf(file.getFileName());
            names.add(name);
            if (!FileHashes.read(file).equals(sums.get(name))) {
                return Optional.of(
                        name + (sums.containsKey(name) ? " was changed" : " isn't listed") + ", says " + NAME);
            }
        }
        return sums.keySet().stream()
                .filter(name -> !names.contains(name))
                .findFirst()
                .map(name -> name + " is missing, says " + NAME);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith(NAME))
                    .sorted()
                    .toList();
        }
    }
}
