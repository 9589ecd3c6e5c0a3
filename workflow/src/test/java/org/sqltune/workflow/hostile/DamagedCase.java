package org.sqltune.workflow.hostile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One damaged file.
 *
 * @param seed decides which file, and how it is damaged
 * @param file which
 * @param ending {@code READ}, {@code REFUSED}, {@code BROKEN}, {@code CRASHED} or {@code HUNG}
 * @param millis how long it took
 * @param text what was said
 */
record DamagedCase(long seed, DamagedFile file, String ending, long millis, String text) {
    private static final List<DamagedFile> ROUND = round();

    private static List<DamagedFile> round() {
        List<DamagedFile> round = new ArrayList<>();
        for (DamagedFile file : DamagedFile.values()) {
            round.addAll(Collections.nCopies(times(file), file));
        }
        return List.copyOf(round);
    }

    private static int times(DamagedFile file) {
        return switch (file) {
            case TOKENIZER -> 26;
            case CONFIG, WEIGHTS, ADAPTER_CONFIG, ADAPTER_WEIGHTS -> 8;
            case CHECKPOINT_STATE, CHECKPOINT_MOMENTS, CHECKPOINT_WEIGHTS, METRICS -> 1;
            default -> 3;
        };
    }

    /** Tokenizers, models and adapters, which reach native code, most of all; runs, which take seconds, least. */
    static DamagedFile file(long seed) {
        int turn = (int) (seed % ROUND.size());
        return ROUND.get(turn);
    }

    @Override
    public String toString() {
        return "seed " + seed + ", " + file + ", " + ending + ", " + millis + " ms: " + text;
    }
}
