package org.sqltune.synthesis.grammar;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** The dice of synthesis: one seed, one sequence of choices. */
public final class Choice {
    private final Random random;

    /** @param seed equal seeds make equal choices */
    public Choice(long seed) {
        this.random = new Random(seed);
    }

    /** One of them, each as likely; nothing if there are none. */
    public <T> Optional<T> from(List<T> options) {
        return options.isEmpty() ? Optional.empty() : Optional.of(options.get(random.nextInt(options.size())));
    }

    /**
     * One of them, each as likely.
     *
     * @throws IllegalArgumentException if there are none
     */
    public <T> T one(List<T> options) {
        return options.get(random.nextInt(options.size()));
    }

    /** Different ones of them in a random order, as many as asked; nothing if there are fewer. */
    public <T> Optional<List<T>> some(List<T> options, int count) {
        return options.size() < count
                ? Optional.empty()
                : Optional.of(List.copyOf(shuffled(options).subList(0, count)));
    }

    /** Returns all of them in a random order. */
    public <T> List<T> shuffled(List<T> options) {
        List<T> copy = new ArrayList<>(options);
        Collections.shuffle(copy, random);
        return copy;
    }

    /** True with this probability, in [0, 1]. */
    public boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** Returns a whole number from {@code least} to {@code most}, both included. */
    public int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }
}
