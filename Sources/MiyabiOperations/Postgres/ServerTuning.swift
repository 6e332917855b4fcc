public import MiyabiHome
public import MiyabiSystem

/// PostgreSQL's settings that follow from the machine and from how the database is used: the specification's section 4.1,
/// with its two contradicting rules for `max_connections` reconciled (fault 13 of the design).
///
/// The specification's formula, `memory / 10 MB × 0.8`, tells how many connections fit into memory before the machine
/// starves: a ceiling. Its table (30 on 4 GB, 100 on 8 GB, 200 on 16 GB) tells how many a machine of that size serves well:
/// the recommendation. What the applications can open (instances × pool size) is the demand. The server takes the greater of
/// recommendation and demand, plus headroom for people and tools, and never more than the ceiling.
public struct ServerTuning: Sendable, Equatable {
    /// Connections beside the applications': psql, migrations, backup, monitoring.
    public static let toolConnections = 10
    /// `superuser_reserved_connections`, PostgreSQL's default.
    public static let reservedConnections = 3

    /// The machine that the settings are for.
    public let machine: Machine
    /// Application instances that share the server.
    public let instances: Int
    /// `DB_MAX_CONNECTIONS`: the connections that each instance may open.
    public let poolSize: Int

    /// Derives the settings.
    public init(machine: Machine, instances: Int, poolSize: Int) {
        self.machine = machine
        self.instances = instances
        self.poolSize = poolSize
    }

    /// What the applications can open together.
    public var demandedConnections: Int { instances * poolSize }

    /// The specification's table, its upper figures: 30 at 4 GiB, 100 at 8, 200 at 16, straight lines between, and at least 20.
    public var recommendedConnections: Int {
        let memory = machine.memoryMiB
        switch memory {
        case ..<4096: return max(20, 30 * memory / 4096)
        case ..<8192: return 30 + 70 * (memory - 4096) / 4096
        default: return 100 + 100 * (memory - 8192) / 8192
        }
    }

    /// The specification's formula: more connections than this do not fit into memory.
    public var connectionCeiling: Int { max(25, machine.memoryMiB / 10 * 8 / 10) }

    /// `max_connections`. Recommendations stop at 400: above that a pooler serves more with fewer.
    public var maxConnections: Int {
        let wanted = max(demandedConnections, min(recommendedConnections, 400))
        return min(connectionCeiling, wanted + Self.toolConnections + Self.reservedConnections)
    }

    /// Whether the instances' pools together ask for more than the server can give.
    public var isOversubscribed: Bool {
        demandedConnections > maxConnections - Self.toolConnections - Self.reservedConnections
    }

    /// A quarter of memory, as in the specification's example (1 GB of 4); beyond 8 GiB the kernel's cache does better.
    public var sharedBuffersMiB: Int { min(8192, max(128, machine.memoryMiB / 4)) }

    /// Three quarters of memory, as in the specification's example: what both caches hold together.
    public var effectiveCacheSizeMiB: Int { machine.memoryMiB * 3 / 4 }

    /// A sixteenth of memory, as in the specification's example (256 MB of 4 GB), at most 2 GiB.
    public var maintenanceWorkMemMiB: Int { min(2048, max(64, machine.memoryMiB / 16)) }

    /// The memory left by the buffers, shared by all connections with up to three sorts or hashes each: the specification's
    /// 5 MB for 200 connections on 4 GB. Never under PostgreSQL's default, never over 64 MB.
    public var workMemMiB: Int { min(64, max(4, (machine.memoryMiB - sharedBuffersMiB) / (maxConnections * 3))) }

    /// Parallel workers of one query: half the processors, at most 4, none on a single one.
    public var workersPerGather: Int { min(4, machine.processors / 2) }
}

extension Settings {
    /// The embedded server's settings that follow from these.
    public var tuning: ServerTuning {
        ServerTuning(machine: machine, instances: instances, poolSize: postgres.maxConnections)
    }
}
