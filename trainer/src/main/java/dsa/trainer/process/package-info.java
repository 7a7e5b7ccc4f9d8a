/**
 * Processes that train: how one of this program is started, what supervisor and worker say to each
 * other ({@link dsa.trainer.process.WorkerMessage}), and which engine and device are chosen ({@link
 * dsa.trainer.process.EngineChoice}).
 */
package dsa.trainer.process;
