package org.sqltune.model.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A folder's content as lines: {@code file: content}, {@code link -> target}. */
final class FolderTree {
    private FolderTree() {}

    static List<String> of(Path folder) throws IOException {
        try (Stream<Path> inside = Files.walk(folder)) {
            return inside.filter(path -> !Files.isDirectory(path))
                    .map(path -> line(folder, path))
                    .sorted()
                    .toList();
        }
    }

    private static String line(Path folder, Path path) {
        String name = folder.relativize(path).toString().replace('\\', '/');
        try {
            if (Files.isSymbolicLink(path)) {
                return name + " -> " + Files.readSymbolicLink(path).toString().replace('\\', '/');
            }
            return Files.size(path) == 0 ? name : name + ": " + Files.readString(path);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
