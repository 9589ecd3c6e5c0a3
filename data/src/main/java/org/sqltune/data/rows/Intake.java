package org.sqltune.data.rows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sqltune.core.SqlTuneException;

/** Counts what becomes of a file's rows. Broken rows end the reading, or are left out and told of. */
public final class Intake implements RowFaults {
    private static final String BROKEN = "broken";
    private static final int TOLD = 3;

    private final Path file;
    private final boolean skipBad;
    private final Map<String, Integer> rejects = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();
    private int rowsIn;

    /**
     * @param file whose rows are read
     * @param skipBad whether broken rows are left out; otherwise the first one ends the reading
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
        if (faults.size() < TOLD) {
            faults.add(String.valueOf(fault.getMessage()));
        }
    }

    /** Leaves the row just found out, for a reason that isn't its fault. */
    public void reject(String reason) {
        rejects.merge(reason, 1, Integer::sum);
    }

    /**
     * What has become of the rows so far.
     *
     * @param rowsOut how many are examples now
     * @throws SqlTuneException if there are rows, but none that isn't broken
     */
    public RowCount count(int rowsOut) {
        if (rowsOut == 0 && rowsIn > 0 && rejects.getOrDefault(BROKEN, 0) == rowsIn) {
            throw new SqlTuneException("Every row of " + file + " is broken. The first: " + faults.get(0));
        }
        return new RowCount(String.valueOf(file.getFileName()), rowsIn, rowsOut, rejects);
    }

    /** A sentence on rows that were left out as broken; none if there were none. */
    public List<String> brokenNotes() {
        int broken = rejects.getOrDefault(BROKEN, 0);
        if (broken == 0) {
            return List.of();
        }
        String more = broken > faults.size() ? "; and " + (broken - faults.size()) + " more" : "";
        return List.of(name() + ": " + broken + (broken == 1 ? " broken entry is" : " broken entries are")
                + " left out: " + String.join("; ", faults) + more + ".");
    }

    /** Sentences on rows that were left out, one for each reason. */
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

    /** Rows left out for reasons that aren't their fault, by reason. */
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
