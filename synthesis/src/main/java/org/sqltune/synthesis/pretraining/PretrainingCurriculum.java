package org.sqltune.synthesis.pretraining;

import static org.sqltune.synthesis.pretraining.PretrainingStage.FEW_TABLES;
import static org.sqltune.synthesis.pretraining.PretrainingStage.FULL;
import static org.sqltune.synthesis.pretraining.PretrainingStage.ONE_TABLE;

import java.util.List;

/**
 * The order of stages. A model learns to copy names fastest on one small table; later phases keep some easy schemas,
 * so that it doesn't forget them.
 *
 * @param phases the phases in order; the last one continues to the end of the corpus
 */
public record PretrainingCurriculum(List<Phase> phases) {
    public PretrainingCurriculum {
        phases = List.copyOf(phases);
        if (phases.isEmpty()) {
            throw new IllegalArgumentException("a curriculum needs a phase");
        }
    }

    /**
     * A part of the corpus.
     *
     * @param examples the number of questions
     * @param stages the stages, which schemas take in turn
     */
    public record Phase(long examples, List<PretrainingStage> stages) {
        public Phase {
            stages = List.copyOf(stages);
            if (stages.isEmpty()) {
                throw new IllegalArgumentException("a phase needs a stage");
            }
        }
    }

    /** Returns a curriculum with a single stage. */
    public static PretrainingCurriculum only(PretrainingStage stage) {
        return new PretrainingCurriculum(List.of(new Phase(Long.MAX_VALUE, List.of(stage))));
    }

    /** Returns the curriculum of the bundled base model: one table, then one and a few, then mostly whole databases. */
    public static PretrainingCurriculum standard() {
        return new PretrainingCurriculum(List.of(
                new Phase(36_000, List.of(ONE_TABLE)),
                new Phase(60_000, List.of(ONE_TABLE, FEW_TABLES)),
                new Phase(Long.MAX_VALUE, List.of(FULL, FEW_TABLES, FULL, ONE_TABLE, FULL))));
    }

    /**
     * Returns the same phases for a corpus of that many examples; the first two take at most a seventh and a fifth of
     * it.
     */
    public static PretrainingCurriculum standard(long examples) {
        List<Phase> phases = standard().phases();
        return new PretrainingCurriculum(List.of(
                new Phase(
                        Math.min(phases.get(0).examples(), examples / 7),
                        phases.get(0).stages()),
                new Phase(
                        Math.min(phases.get(1).examples(), examples / 5),
                        phases.get(1).stages()),
                phases.get(2)));
    }

    /** Returns the number of questions of the easiest phase; 0 if there is only one phase. */
    long easiest() {
        return phases.size() == 1 ? 0 : phases.get(0).examples();
    }

    /**
     * Returns the stage of a schema.
     *
     * @param examplesBefore the number of questions of earlier schemas
     * @param number the number of earlier schemas
     */
    PretrainingStage stage(long examplesBefore, long number) {
        long start = 0;
        for (Phase phase : phases) {
            if (examplesBefore - start < phase.examples()) {
                return phase.stages().get((int) (number % phase.stages().size()));
            }
            start += phase.examples();
        }
        Phase last = phases.get(phases.size() - 1);
        return last.stages().get((int) (number % last.stages().size()));
    }
}
