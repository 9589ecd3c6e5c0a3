package org.sqltune.workflow.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.RunConfigLoader;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.model.hub.DownloadDisplay;
import org.sqltune.model.hub.client.HubSettings;
import org.sqltune.workflow.RunRequest;
import org.sqltune.workflow.TaskListener;
import org.sqltune.workflow.UserCache;
import org.sqltune.workflow.Workspace;

/** A folder with an offline workspace, databases and rows, and a listener that keeps what it is told. */
final class DataFixture implements AutoCloseable, TaskListener {
    /** A tiny random Llama with a tokenizer. */
    static final Path TINY_MODEL =
            Path.of("..", "model", "src", "test", "resources", "parity", "tiny_llama_with_tokenizer");

    final Path folder;
    final Workspace workspace;
    /** What the use case said it does, in order. */
    final List<String> tasks = new ArrayList<>();
    /** How far it said it was, as {@code done/total}. */
    final List<String> progress = new ArrayList<>();

    DataFixture(Path folder) {
        this.folder = folder;
        workspace = new Workspace(
                new UserCache(folder.resolve("cache")),
                () -> HubSettings.of(Map.of("HF_HUB_OFFLINE", "1"), folder),
                DownloadDisplay.NONE);
    }

    /** The configuration of these keys, checked as a command line's is. */
    static RunConfig config(String... keys) {
        return RunRequest.of(null, List.of(keys)).load(new RunConfigLoader());
    }

    /** A file of the folder with this text. */
    Path file(String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An SQLite file of the folder, made by these statements. */
    Path database(String name, String... statements) {
        Path file = folder.resolve(name);
        try {
            Files.createDirectories(file.getParent());
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                    Statement statement = connection.createStatement()) {
                for (String each : statements) {
                    statement.execute(each);
                }
            }
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(e);
        }
        return file;
    }

    /** {@code databases/zoo/zoo.sqlite} with three animals; returns {@code databases}. */
    Path zoo() {
        database(
                "databases/zoo/zoo.sqlite",
                "CREATE TABLE animals (name TEXT, legs INTEGER)",
                "INSERT INTO animals VALUES ('cat', 4), ('owl', 2), ('eel', 0)");
        return folder.resolve("databases");
    }

    /** A row that {@code data.train_file} takes. */
    static String row(String database, String question, String sql) {
        return "{\"db_id\": \"%s\", \"question\": \"%s\", \"schema\": \"TABLE: animals ( name (text), legs (integer) )\", \"sql\": \"%s\"}%n"
                .formatted(database, question, sql);
    }

    @Override
    public ProgressListener began(String task) {
        tasks.add(task);
        return (done, total, message) -> progress.add(done + "/" + total);
    }

    @Override
    public void close() {
        workspace.close();
    }
}
