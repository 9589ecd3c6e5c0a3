package org.sqltune.training.batch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The order in which an epoch visits its examples, each exactly once. The same epoch always has the same order. */
sealed interface EpochOrder {
    /** Returns the examples in the order of an epoch, counted from 0. */
    List<TokenizedExample> of(int epoch);

    /** The order of the file, in every epoch. */
    record AsGiven(List<TokenizedExample> examples) implements EpochOrder {
        @Override
        public List<TokenizedExample> of(int epoch) {
            return examples;
        }
    }

    /** A new shuffle for each epoch. */
    record Shuffled(List<TokenizedExample> examples, long seed) implements EpochOrder {
        @Override
        public List<TokenizedExample> of(int epoch) {
            List<TokenizedExample> shuffled = new ArrayList<>(examples);
            Collections.shuffle(shuffled, random(seed, epoch));
            return shuffled;
        }
    }

    /**
     * A new shuffle for each epoch that keeps examples with a common prefix side by side, in runs of {@code together}.
     * What a group has left over is joined with the leftovers of other groups. The members of each run and the order of
     * the runs are random.
     *
     * @param groups examples by common prefix
     * @param together examples of a group that stand side by side
     */
    record SharingPrefixes(List<PrefixGroup> groups, int together, long seed) implements EpochOrder {
        @Override
        public List<TokenizedExample> of(int epoch) {
            Random random = random(seed, epoch);
            List<List<TokenizedExample>> runs = new ArrayList<>();
            List<List<TokenizedExample>> leftovers = new ArrayList<>();
            for (PrefixGroup group : groups) {
                List<TokenizedExample> members = new ArrayList<>(group.members());
                Collections.shuffle(members, random);
                int whole = members.size() - members.size() % together;
                runs.addAll(cut(members.subList(0, whole)));
                leftovers.add(members.subList(whole, members.size()));
            }
            Collections.shuffle(leftovers, random);
            List<TokenizedExample> rest =
                    leftovers.stream().flatMap(List::stream).toList();
            int whole = rest.size() - rest.size() % together;
            runs.addAll(cut(rest.subList(0, whole)));
            Collections.shuffle(runs, random);
            // The shorter run comes last, so that no step boundary splits another run.
            runs.add(rest.subList(whole, rest.size()));
            return runs.stream().flatMap(List::stream).toList();
        }

        /** Cuts the examples, whose number is a multiple of {@code together}, into runs. */
        private List<List<TokenizedExample>> cut(List<TokenizedExample> examples) {
            List<List<TokenizedExample>> runs = new ArrayList<>();
            for (int start = 0; start < examples.size(); start += together) {
                runs.add(examples.subList(start, start + together));
            }
            return runs;
        }
    }

    private static Random random(long seed, int epoch) {
        return new Random(seed * 31 + epoch);
    }
}
