import DynamoDB
import Synchronization

/// How the processes that run a subscription share its shards: each tells that it is there, and takes as many as are its
/// share of all.
///
/// A process is there as long as its item `SUBSCRIPTION#{name}`, `WORKER#{id}` keeps changing, which the others see on
/// their own clocks, as they see leases. Nothing rests on their agreeing: the lease on a shard is what counts, and two
/// who count differently for a while only share unevenly.
struct ShardSharing {
    /// What is to be done now.
    struct Plan: Sendable {
        /// The ARN of the stream.
        let stream: String
        /// Shards that nobody works on, with what their items say; as many as this process lacks.
        var take: [(shard: String, record: LeaseRecord)] = []
        /// Shards of this process that another should have.
        var give: Set<String> = []
    }

    let subscription: StreamSubscription
    let owner: String
    /// Names this run: processes may call themselves alike.
    let id = ULIDGenerator.shared.next().description
    private var shardWatches: [String: LeaseWatch] = [:]
    private var workerWatches: [String: LeaseWatch] = [:]
    private var beaten: ContinuousClock.Instant?

    init(_ subscription: StreamSubscription, owner: String) {
        self.subscription = subscription
        self.owner = owner
    }

    private var leases: LeaseTable { subscription.leases }
    private func workerKey(_ id: String) -> LeaseKey {
        LeaseKey(partition: subscription.partition, sort: "WORKER#\(id)")
    }

    /// Looks at what there is, and tells what this process should do.
    ///
    /// - Parameter mine: The shards that it works on, without those that it is about to give.
    mutating func plan(_ mine: Set<String>) async throws -> Plan {
        let stream = try await subscription.stream()
        try await beat()
        let shards = try await subscription.shards(of: stream)
        let query = QueryInput(tableName: leases.name).matching(
            .equal("PK", subscription.partition), .between("SK", "SHARD#", and: "WORKER$"))
        var known: [String: Item] = [:]
        var workers: [String: Item] = [:]
        for try await item in leases.dynamoDB.queryPages(query).items {
            guard let sort = item["SK"]?.string else { continue }
            if sort.hasPrefix("SHARD#") { known[String(sort.dropFirst("SHARD#".count))] = item }
            if sort.hasPrefix("WORKER#") { workers[String(sort.dropFirst("WORKER#".count))] = item }
        }
        let now = leases.pacing.now()
        let ended = known.filter { ShardProgress($0.value).hasEnded }
        let ready = StreamSubscription.ready(shards, ended: Set(ended.keys))
        let share = ShardSharing.share(of: ready.count, among: try await present(workers, at: now), for: id)
        var plan = Plan(stream: stream)
        plan.give = Set(mine.sorted().dropFirst(share))
        var free: [(shard: String, record: LeaseRecord)] = []
        var watches: [String: LeaseWatch] = [:]
        for shard in ready where !mine.contains(shard) {
            let record = try LeaseRecord(known[shard])
            var watch = shardWatches[shard] ?? LeaseWatch()
            let since = watch.see(record, at: now)
            watches[shard] = watch
            if record.holder.map({ since >= $0.duration }) ?? true { free.append((shard, record)) }
        }
        shardWatches = watches
        // In another order in each process, so that they do not all want the same one.
        plan.take = Array(free.shuffled().prefix(max(share - mine.count, 0)))
        return plan
    }

    /// How many of some shards are one process's: all have the same number, or one more in the order of their names.
    static func share(of count: Int, among workers: Set<String>, for id: String) -> Int {
        let others = workers.subtracting([id])
        let rank = others.count { $0 < id }
        let all = others.count + 1
        return count / all + (rank < count % all ? 1 : 0)
    }

    /// The processes that show life. The items of those that do not are removed.
    private mutating func present(_ workers: [String: Item], at now: ContinuousClock.Instant) async throws -> Set<
        String
    > {
        var present: Set<String> = [id]
        var watches: [String: LeaseWatch] = [:]
        for (worker, item) in workers where worker != id {
            guard let record = try? LeaseRecord(item), let holder = record.holder else { continue }
            var watch = workerWatches[worker] ?? LeaseWatch()
            if watch.see(record, at: now) < holder.duration {
                present.insert(worker)
                watches[worker] = watch
            } else {
                var delete = DeleteItemInput(tableName: leases.name, key: workerKey(worker).item)
                delete = delete.when(record.isUnchanged)
                do { _ = try await leases.dynamoDB.deleteItem(delete) } catch let error as DynamoDBError
                    where error.code == .conditionalCheckFailedException
                {
                    // It lives after all, which the next look shows.
                }
            }
        }
        workerWatches = watches
        return present
    }

    /// Shows that this process is there, every third of the time after which it would count as gone.
    private mutating func beat() async throws {
        let duration = subscription.options.leaseDuration
        let now = leases.pacing.now()
        if let beaten, beaten.duration(to: now) < duration / 3 { return }
        let expiry = (subscription.clock() + ShardProgress.retention).seconds
        let update = UpdateItemInput(
            tableName: leases.name, key: workerKey(id).item, .set("owner", to: owner), .set("lease_id", to: id),
            .set("lease_ms", to: Int(duration / .milliseconds(1))), .set("fencing", to: 1), .add("heartbeats", 1),
            .set("ttl", to: expiry))
        _ = try await leases.repeating { try await leases.dynamoDB.updateItem(update) }
        beaten = now
    }

    /// Tells the others that this process is gone, also in a task that was cancelled. If that fails they find out.
    func leave() async {
        let delete = DeleteItemInput(tableName: leases.name, key: workerKey(id).item)
        _ = try? await Task { try await leases.repeating { try await leases.dynamoDB.deleteItem(delete) } }.value
    }
}

/// Asks the worker on a shard to stop after the change that it has in hand.
final class ShardStop: Sendable {
    private let asked = Atomic(false)

    var isAsked: Bool { asked.load(ordering: .relaxed) }

    func ask() { asked.store(true, ordering: .relaxed) }
}
