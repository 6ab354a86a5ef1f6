export { askRedis, type Question, type RedisAnswer } from "./ask-redis.ts";
export { type RedisTarget, readRedisUrl } from "./redis-target.ts";
