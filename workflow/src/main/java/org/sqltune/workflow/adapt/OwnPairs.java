package org.sqltune.workflow.adapt;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.Example;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.sql.QueryDatabases;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.data.audit.AuditPart;
import org.sqltune.data.audit.AuditReport;
import org.sqltune.data.audit.DataAudit;
import org.sqltune.data.audit.Fault;
import org.sqltune.data.audit.Finding;
import org.sqltune.data.audit.PairFile;
import org.sqltune.data.audit.SqlTemplate;
import org.sqltune.data.naming.QuestionText;
import org.sqltune.data.split.SeededSplit;

/**
 * The user's own pairs, in a part to train on and a part to score on. Pairs with the same query except for its values are
 * in the same part.
 *
 * @param train pairs to train on
 * @param heldOut pairs to score on; empty if there are too few
 */
record OwnPairs(List<Example> train, List<Example> heldOut) {
    static final OwnPairs NONE = new OwnPairs(List.of(), List.of());

    /** From this number on, a part is held out. */
    static final int LEAST_TO_SPLIT = 10;

    private static final double HELD_OUT = 0.25;

    /** Number of pairs that a note names. */
    private static final int NAMED = 5;

    private static final Set<Fault> UNUSABLE =
            Set.of(Fault.FAILING, Fault.COLUMNS, Fault.DUPLICATE, Fault.CONTRADICTION);

    OwnPairs {
        train = List.copyOf(train);
        heldOut = List.copyOf(heldOut);
    }

    /** Reads the normalised questions of a file; empty without one. */
    static Set<String> questions(@Nullable Path file) {
        return file == null
                ? Set.of()
                : PairFile.read(file).stream()
                        .map(pair -> QuestionText.normalised(pair.question()))
                        .collect(Collectors.toSet());
    }

    /**
     * Reads pairs, leaves out those whose query the database can't run, and holds out a part.
     *
     * @param file in any format of row files
     * @param schemas the databases' schemas by id
     * @param databases runs the queries
     * @param notes receives what was left out, and why
     * @throws SqlTuneException if the file can't be read or has a broken row, or no pair is left
     */
    static OwnPairs read(
            Path file,
            Map<String, Schema> schemas,
            QueryDatabases databases,
            long seed,
            ProgressListener progress,
            List<String> notes) {
        List<Example> asked = asked(file, schemas, notes);
        List<Example> usable = usable(asked, databases, progress, notes);
        if (usable.isEmpty()) {
            throw new SqlTuneException("None of the pairs in " + file + " can be used: "
                    + (notes.isEmpty() ? "it has no rows" : notes.get(notes.size() - 1)));
        }
        if (usable.size() < LEAST_TO_SPLIT) {
            notes.add("Your " + usable.size() + " pairs are all trained on: from " + LEAST_TO_SPLIT
                    + " on, a quarter is held out and scored");
            return new OwnPairs(usable, List.of());
        }
        Set<String> templates =
                usable.stream().map(pair -> SqlTemplate.of(pair.sql())).collect(Collectors.toSet());
        if (templates.size() < 2) {
            notes.add("Your " + usable.size() + " pairs are all trained on: they have one query but for its values");
            return new OwnPairs(usable, List.of());
        }
        SeededSplit.Split<Example> split =
                new SeededSplit(HELD_OUT, seed).grouped(usable, pair -> SqlTemplate.of(pair.sql()));
        return new OwnPairs(split.train(), split.validation());
    }

    /** Returns the pairs of these databases, with their schemas. */
    private static List<Example> asked(Path file, Map<String, Schema> schemas, List<String> notes) {
        List<Example> rows = PairFile.read(file);
        boolean named = rows.stream().anyMatch(row -> schemas.containsKey(row.databaseId()));
        Schema only = schemas.size() == 1 ? schemas.values().iterator().next() : null;
        List<Example> asked = new ArrayList<>();
        for (Example row : rows) {
            Schema schema = only != null && !named ? only : schemas.get(row.databaseId());
            if (schema != null) {
                asked.add(new Example("yours-" + asked.size(), schema.databaseId(), row.question(), schema, row.sql()));
            }
        }
        int others = rows.size() - asked.size();
        if (others > 0) {
            notes.add(count(others, "of your pairs") + " left out: their db_id is that of another database");
        }
        return asked;
    }

    private static List<Example> usable(
            List<Example> asked, QueryDatabases databases, ProgressListener progress, List<String> notes) {
        AuditReport report = new DataAudit(databases, QueryLimits.DEFAULTS, 1)
                .audit(List.of(new AuditPart("yours", false, asked)), progress);
        Set<String> bad = new HashSet<>();
        for (Fault fault : Fault.values()) {
            List<Finding> found = report.findings("yours", fault).stream()
                    .filter(finding -> UNUSABLE.contains(fault)
                            && bad.add(finding.example().id()))
                    .toList();
            if (!found.isEmpty()) {
                notes.add(count(found.size(), "of your pairs") + " left out, " + fault.description() + ": "
                        + found.stream().limit(NAMED).map(OwnPairs::line).collect(Collectors.joining("; "))
                        + (found.size() > NAMED ? "; …" : ""));
            }
        }
        return asked.stream().filter(pair -> !bad.contains(pair.id())).toList();
    }

    private static String line(Finding finding) {
        String detail = finding.detail().replaceAll("\\s+", " ");
        return '"' + finding.example().question() + '"' + (detail.isEmpty() ? "" : " (" + detail + ")");
    }

    private static String count(int number, String what) {
        return String.format(Locale.ROOT, "%,d %s", number, what);
    }

    /** Returns the number of all pairs. */
    int size() {
        return train.size() + heldOut.size();
    }
}
