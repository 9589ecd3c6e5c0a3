package org.sqltune.data.rows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sqltune.core.SqlTuneException;

/**
 * Counts the rows of a file that are used, rejected or broken. The first broken row ends the reading unless {@code
 * skipBad} is set.
 */
public final class Intake implements RowFaults {
    private static final String BROKEN = "broken";
    private static final int MOST_REPORTED = 3;

    private final Path file;
    private final boolean skipBad;
    private final Map<String, Integer> rejects = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();
    private int rowsIn;

    /**
     * @param file the file
     * @param skipBad whether broken rows are skipped and counted; otherwise the first one ends the reading
     */
    public Intake(Path file, boolean skipBad) {
        this.file = file;
        this.skipBad = skipBad;
    }

    @Override
    public void row() {
        rowsIn++;
    }

    @Override
    public void broken(SqlTuneException fault) {
        if (!skipBad) {
            throw fault;
        }
        reject(BROKEN);
        if (faults.size() < MOST_REPORTED) {
            faults.add(String.valueOf(fault.getMessage()));
        }
    }

    /** Rejects the current row, which is well-formed but unusable. */
    public void reject(String reason) {
        rejects.merge(reason, 1, Integer::sum);
    }

    /**
     * Returns the counts so far.
     *
     * @param rowsOut number of rows that became examples
     * @throws SqlTuneException if there are rows and all are broken
     */
    public RowCount count(int rowsOut) {
        if (rowsOut == 0 && rowsIn > 0 && rejects.getOrDefault(BROKEN, 0) == rowsIn) {
            throw new SqlTuneException("Every row of " + file + " is broken. The first: " + faults.get(0));
        }
        return new RowCount(String.valueOf(file.getFileName()), rowsIn, rowsOut, rejects);
    }

    /** Returns one sentence on the broken rows that were skipped; empty if there were none. */
    public List<String> brokenNotes() {
        int broken = rejects.getOrDefault(BROKEN, 0);
        if (broken == 0) {
            return List.of();
        }
        String more = broken > faults.size() ? "; and " + (broken - faults.size()) + " more" : "";
        return List.of(name() + ": " + broken + (broken == 1 ? " broken entry is" : " broken entries are")
                + " left out: " + String.join("; ", faults) + more + ".");
    }

    /** Returns one sentence per reason for which rows were left out. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>(brokenNotes());
        rejects.forEach((reason, count) -> {
            if (!reason.equals(BROKEN)) {
                notes.add(name() + ": " + count + (count == 1 ? " row " : " rows ") + reason
                        + (count == 1 ? " is" : " are") + " left out.");
            }
        });
        return notes;
    }

    /** Returns the number of rejected rows by reason, without broken ones. */
    public Tally tally() {
        Tally tally = new Tally();
        rejects.forEach((reason, count) -> {
            if (!reason.equals(BROKEN)) {
                tally.add(reason, count);
            }
        });
        return tally;
    }

    private String name() {
        return String.valueOf(file.getFileName());
    }
}
