// llama.cpp's side of the benchmark, through node-llama-cpp (npm install node-llama-cpp@3.22.1 beside this file).
//
//   node llama.mjs FILE.gguf WORK TASK.json [THREADS]
//
// Works and task files are Answering.java's: see there. Prints one JSON line.
import {readFileSync} from "node:fs";
import {createInterface} from "node:readline";
import {getLlama, LlamaLogLevel} from "node-llama-cpp";

const [file, work, taskFile, threads = "2"] = process.argv.slice(2);
const task = JSON.parse(readFileSync(taskFile, "utf8"));
const llama = await getLlama({gpu: false, build: "never", maxThreads: +threads, logLevel: LlamaLogLevel.error});
const model = await llama.loadModel({modelPath: file});
const greedy = {temperature: 0, yieldEogToken: true};

async function newContext(sequences, contextSize) {
    return await model.createContext({sequences, contextSize, batchSize: 512, threads: {ideal: +threads, min: +threads}});
}

/** Keeps what the prompt has in common with the sequence's tokens; gives the rest. */
async function adapted(sequence, prompt) {
    await sequence.adaptStateToTokens(prompt.slice(0, -1), false);
    return prompt.slice(sequence.nextTokenIndex);
}

/** Milliseconds until the first new token, and until all. */
async function timed(sequence, prompt, count) {
    const start = performance.now();
    let first = 0;
    let done = 0;
    for await (const _ of sequence.evaluate(await adapted(sequence, prompt), greedy)) {
        first ||= performance.now() - start;
        if (++done === count) break;
    }
    return {first, all: performance.now() - start};
}

async function stream() {
    const context = await newContext(1, task.context);
    const sequence = context.getSequence();
    const rounds = [];
    for (let round = 0; round <= task.rounds; round++) {
        await sequence.clearHistory();
        const {first, all} = await timed(sequence, task.prompts[0], task.new_tokens);
        if (round > 0) rounds.push({prefill: task.prompts[0].length / first * 1000,
            decode: (task.new_tokens - 1) / (all - first) * 1000});
    }
    await context.dispose();
    return {rounds};
}

/** Time to the first token of the first question on a schema, and of others. */
async function second() {
    const context = await newContext(1, task.context);
    const sequence = context.getSequence();
    await timed(sequence, task.prompts[0], 1);
    const rounds = [];
    for (let round = 0; round < task.rounds; round++) {
        await sequence.clearHistory();
        const {first} = await timed(sequence, task.prompts[0], 1);
        rounds.push({first, second: (await timed(sequence, task.prompts[1], 1)).first});
    }
    await context.dispose();
    return {rounds};
}

/** All prompts, each slot one after the other; slots share nothing. */
async function questions(slots) {
    const context = await newContext(slots, task.context);
    const sequences = Array.from({length: slots}, () => context.getSequence());
    const queue = [...task.prompts];
    const start = performance.now();
    await Promise.all(sequences.map(async (sequence) => {
        for (let prompt = queue.shift(); prompt; prompt = queue.shift()) await timed(sequence, prompt, task.new_tokens);
    }));
    const seconds = (performance.now() - start) / 1000;
    await context.dispose();
    return {seconds, answers_per_second: task.prompts.length / seconds,
        tokens_per_second: task.prompts.length * task.new_tokens / seconds};
}

const works = {stream, second, one: () => questions(1), batch: () => questions(task.texts)};
const print = async (name) => console.log(JSON.stringify({engine: "llama.cpp", file, work: name, ...await works[name]()}));
if (work === "turns") {
    for await (const line of createInterface({input: process.stdin})) await print(line);
} else await print(work);
process.exit(0);
