package org.sqltune.synthesis.invention;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.sqltune.synthesis.grammar.Choice;

/** Random choices, repeatable from a seed. */
public final class Sampler {
    private final Random random;

    public Sampler(long seed) {
        this.random = new Random(seed);
    }

    /** True in that share of the calls. */
    public boolean chance(double share) {
        return random.nextDouble() < share;
    }

    /** Returns a whole number, both ends included. */
    public int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    public <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** That many different members, or all of them if there are fewer, in random order. */
    public <T> List<T> pickSome(List<T> choices, int count) {
        List<T> shuffled = new ArrayList<>(choices);
        Collections.shuffle(shuffled, random);
        return List.copyOf(shuffled.subList(0, Math.min(count, shuffled.size())));
    }

    /** Puts the list in random order. */
    public void shuffle(List<?> list) {
        Collections.shuffle(list, random);
    }

    /** Dice for the synthesiser, seeded from these. */
    public Choice choice() {
        return new Choice(random.nextLong());
    }

    /** Returns an index, chosen in proportion to the weights. */
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
