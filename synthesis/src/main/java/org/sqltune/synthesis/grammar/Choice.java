package org.sqltune.synthesis.grammar;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Random choices of the synthesiser, repeatable from a seed. Not thread-safe. */
public final class Choice {
    private final Random random;

    /** @param seed equal seeds give equal sequences of choices */
    public Choice(long seed) {
        this.random = new Random(seed);
    }

    /** Picks an option uniformly; empty if there are none. */
    public <T> Optional<T> from(List<T> options) {
        return options.isEmpty() ? Optional.empty() : Optional.of(options.get(random.nextInt(options.size())));
    }

    /**
     * Picks an option uniformly.
     *
     * @throws IllegalArgumentException if there are none
     */
    public <T> T one(List<T> options) {
        return options.get(random.nextInt(options.size()));
    }

    /** Picks {@code count} different options in random order; empty if there are fewer. */
    public <T> Optional<List<T>> some(List<T> options, int count) {
        return options.size() < count
                ? Optional.empty()
                : Optional.of(List.copyOf(shuffled(options).subList(0, count)));
    }

    /** Returns all options in random order. */
    public <T> List<T> shuffled(List<T> options) {
        List<T> copy = new ArrayList<>(options);
        Collections.shuffle(copy, random);
        return copy;
    }

    /** Returns true with this probability, in [0, 1]. */
    public boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** Returns an integer from {@code least} to {@code most}, both inclusive. */
    public int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }
}
