package org.sqltune.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.sqltune.model.parity.ParityFixture;

/** Copies of fixtures that a test may change. */
public final class TestFolders {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TestFolders() {}

    /** Copies the files of a fixture into a folder and returns that folder. */
    public static Path copyFixture(String name, Path target) {
        return copyFiles(ParityFixture.of(name).folder(), target);
    }

    /** Copies a folder's files, without its folders, into another, which is made if need be. */
    public static Path copyFiles(Path source, Path target) {
        try (Stream<Path> all = Files.list(source)) {
            Files.createDirectories(target);
            List<Path> files = all.filter(Files::isRegularFile).toList();
            for (Path file : files) {
                Files.copy(file, target.resolve(file.getFileName().toString()), StandardCopyOption.REPLACE_EXISTING);
            }
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** JSON that is written with single quotes. */
    public static JsonNode json(String withSingleQuotes) {
        try {
            return JSON.readTree(withSingleQuotes.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Changes a JSON object in place. */
    public static void editJson(Path file, Consumer<ObjectNode> change) {
        try {
            ObjectNode object = (ObjectNode) JSON.readTree(file.toFile());
            change.accept(object);
            JSON.writeValue(file.toFile(), object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
