package org.sqltune.workflow.adapt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.data.naming.QuestionText;
import org.sqltune.synthesis.Synthesizer;
import org.sqltune.synthesis.SyntheticPair;
import org.sqltune.synthesis.template.Templates;
import org.sqltune.workflow.NamedDatabase;
import org.sqltune.workflow.NamedDatabase.Kind;
import org.sqltune.workflow.data.SynthesisDatabase;

/**
 * The questions synthesised for one database.
 *
 * @param schema the tables, without views
 * @param pairs the pairs; empty if its tables have no rows
 * @param refused number of drafted queries that the database refused
 */
record MadeQuestions(Schema schema, List<SyntheticPair> pairs, int refused) {
    MadeQuestions {
        pairs = List.copyOf(pairs);
    }

    String databaseId() {
        return schema.databaseId();
    }

    /**
     * Makes questions for a database, or for each of a folder.
     *
     * @param count the number of pairs wanted of all databases together
     * @param excluded normalised questions that must not be made
     * @param notes receives remarks about databases of a folder that can't be read
     * @throws SqlTuneException if a single database can't be read, or a folder has no database that can
     */
    static List<MadeQuestions> of(
            NamedDatabase database,
            int count,
            Set<String> excluded,
            long seed,
            ProgressListener progress,
            List<String> notes) {
        if (database.kind() == Kind.POSTGRES) {
            return List.of(of(SynthesisDatabase.postgres(database.location()), count, excluded, seed));
        }
        if (database.kind() == Kind.FILE) {
            return List.of(of(SynthesisDatabase.sqlite(Path.of(database.location())), count, excluded, seed));
        }
        List<Path> files = files(Path.of(database.location()));
        List<MadeQuestions> made = new ArrayList<>();
        for (Path file : files) {
            try {
                made.add(of(SynthesisDatabase.sqlite(file), Math.max(1, count / files.size()), excluded, seed));
            } catch (SqlTuneException e) {
                notes.add("Left out: " + e.getMessage());
            }
            progress.advanced(made.size(), files.size(), "");
        }
        if (made.isEmpty()) {
            throw new SqlTuneException("No database of " + database + " can be read: "
                    + (notes.isEmpty() ? "put them at <db_id>/<db_id>.sqlite there" : notes.get(0)));
        }
        return made;
    }

    private static MadeQuestions of(SynthesisDatabase opened, int count, Set<String> excluded, long seed) {
        try (SynthesisDatabase database = opened) {
            Schema schema = database.schema();
            if (schema.tables().isEmpty()) {
                throw new SqlTuneException(
                        schema.databaseId() + " has no tables: name another database, or for PostgreSQL another schema"
                                + " with ?currentSchema=…");
            }
            Synthesizer synthesizer = new Synthesizer(
                    seed + schema.databaseId().hashCode(),
                    question -> !excluded.contains(QuestionText.normalised(question)),
                    Templates.withSets(),
                    null);
            List<SyntheticPair> pairs = synthesizer.synthesize(database.profile(), database.runner(), count);
            return new MadeQuestions(schema, pairs, database.refused());
        }
    }

    private static List<Path> files(Path folder) {
        DatabaseFolder databases = new DatabaseFolder(folder);
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> String.valueOf(entry.getFileName()))
                    .sorted()
                    .flatMap(name -> databases.locate(name).stream())
                    .toList();
        } catch (IOException e) {
            throw new SqlTuneException("Can't read the folder " + folder + ": " + e.getMessage() + ". Check it", e);
        }
    }
}
