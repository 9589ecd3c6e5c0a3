package org.sqltune.synthesis.invention;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.sqltune.synthesis.grammar.Choice;

/** Random choices, repeatable from a seed. Not thread-safe. */
public final class Sampler {
    private final Random random;

    public Sampler(long seed) {
        this.random = new Random(seed);
    }

    /** Returns true in this share of the calls. */
    public boolean chance(double share) {
        return random.nextDouble() < share;
    }

    /** Returns an integer, both ends inclusive. */
    public int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    public <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Picks that many different members, or all if there are fewer, in random order. */
    public <T> List<T> pickSome(List<T> choices, int count) {
        List<T> shuffled = new ArrayList<>(choices);
        Collections.shuffle(shuffled, random);
        return List.copyOf(shuffled.subList(0, Math.min(count, shuffled.size())));
    }

    /** Puts the list in random order. */
    public void shuffle(List<?> list) {
        Collections.shuffle(list, random);
    }

    /** Returns choices for the synthesiser, seeded from this sampler. */
    public Choice choice() {
        return new Choice(random.nextLong());
    }

    /** Picks an index in proportion to the weights. */
    public int weighted(double[] weights) {
        double total = 0;
        for (double weight : weights) {
            total += weight;
        }
        double left = random.nextDouble() * total;
        int index = 0;
        while (index < weights.length - 1 && left >= weights[index]) {
            left -= weights[index];
            index++;
        }
        return index;
    }
}
