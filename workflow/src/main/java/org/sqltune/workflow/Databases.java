package org.sqltune.workflow;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.sql.JdbcUrls;
import org.sqltune.core.text.NearestNames;
import org.sqltune.core.text.Secrets;
import org.sqltune.synthesis.demo.DemoDatabases;
import org.sqltune.workflow.NamedDatabase.Kind;

/**
 * Resolves database names, for {@code --db} and {@code data.database} alike: an SQLite file, a folder of them, a JDBC
 * URL of SQLite or PostgreSQL, or a demo database, whose file is created on demand. An existing file or folder takes
 * precedence over a demo database of the same name.
 */
public final class Databases {
    private static final String SQLITE_URL = "jdbc:sqlite:";

    private final DemoDatabases demo;

    /** @param demo the demo databases */
    public Databases(DemoDatabases demo) {
        this.demo = demo;
    }

    /** Returns a list of the accepted forms, for messages. */
    public static String forms() {
        return "an SQLite file, a folder of them, a JDBC URL (jdbc:postgresql:…), or a demo database ("
                + String.join(", ", DemoDatabases.IDS) + ")";
    }

    /**
     * Finds a database, without connecting to a server.
     *
     * @param option the option that gave the name, such as {@code --db}
     * @param name the name
     * @throws ConfigException if no database has that name; suggests the nearest existing name
     */
    public NamedDatabase named(String option, String name) {
        if (JdbcUrls.isPostgres(name)) {
            return new NamedDatabase(Kind.POSTGRES, name);
        }
        String file = name.startsWith(SQLITE_URL) ? name.substring(SQLITE_URL.length()) : name;
        if (file.startsWith("jdbc:")) {
            throw unknown(option, Secrets.withoutSecrets(name), "");
        }
        return local(option, file);
    }

    private NamedDatabase local(String option, String name) {
        try {
            Path path = Path.of(name);
            if (Files.isDirectory(path)) {
                return new NamedDatabase(Kind.FOLDER, name);
            }
            if (Files.exists(path)) {
                return new NamedDatabase(Kind.FILE, name);
            }
            if (DemoDatabases.IDS.contains(name)) {
                demo.materialise();
                return new NamedDatabase(Kind.FILE, demo.file(name).toString());
            }
            throw unknown(option, name, suggestion(path));
        } catch (InvalidPathException e) {
            throw unknown(option, name, "");
        }
    }

    private static String suggestion(Path path) {
        String demo = NearestNames.suggestion(path.toString(), DemoDatabases.IDS);
        return demo.isEmpty() ? NearestNames.pathSuggestion(path) : demo;
    }

    private static ConfigException unknown(String option, String name, String suggestion) {
        return new ConfigException(option, List.of("there is no database " + name + ": name " + forms() + suggestion));
    }
}
