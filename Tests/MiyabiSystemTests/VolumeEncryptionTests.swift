import Testing

@testable import MiyabiSystem

/// What samples of `/proc/self/mountinfo` and `/sys` say of a volume's encryption.
@Suite struct VolumeEncryptionTests {
    private static let mounts = #"""
        21 1 253:1 / / rw,relatime shared:1 - ext4 /dev/mapper/vg-root rw
        22 21 0:20 / /proc rw - proc proc rw
        30 21 8:1 / /boot rw,relatime - ext4 /dev/sda1 rw
        31 21 253:5 / /srv/data rw - ext4 /dev/mapper/raid-data rw
        32 21 0:40 / /tmp rw - tmpfs tmpfs rw
        33 21 0:41 / /container rw - overlay overlay rw,lowerdir=/a
        34 21 7:3 / /loop rw - ext4 /dev/loop3 rw
        35 21 9:0 / /mixed\040disks rw master:1 optional:2 - xfs /dev/md0 rw
        36 21 8:1 / /hidden rw - ext4 /dev/sda1 rw
        37 36 253:0 / /hidden rw - ext4 /dev/mapper/crypt rw
        38 21 259:9 / /gone rw - ext4 /dev/nvme9 rw
        a line that is none
        """#

    /// LVM on dm-crypt on a partition; a RAID of one encrypted and one plain disk.
    private static let files = [
        "/sys/dev/block/253:0/dev": "253:0", "/sys/dev/block/253:0/dm/uuid": "CRYPT-LUKS2-0011-sda2_crypt",
        "/sys/class/block/dm-0/dev": "253:0", "/sys/class/block/dm-0/dm/uuid": "CRYPT-LUKS2-0011-sda2_crypt",
        "/sys/dev/block/253:1/dev": "253:1", "/sys/dev/block/253:1/dm/uuid": "LVM-abc",
        "/sys/dev/block/253:5/dev": "253:5", "/sys/dev/block/253:5/dm/uuid": "LVM-def",
        "/sys/class/block/dm-7/dev": "253:7", "/sys/class/block/dm-7/dm/uuid": "CRYPT-PLAIN-x",
        "/sys/dev/block/8:1/dev": "8:1", "/sys/dev/block/8:1/partition": "1",
        "/sys/class/block/sdb1/dev": "8:17", "/sys/class/block/sdb1/partition": "1",
        "/sys/dev/block/7:3/dev": "7:3", "/sys/dev/block/7:3/loop/backing_file": "/srv/data/file.img",
        "/sys/dev/block/9:0/dev": "9:0",
    ]
    private static let directories = [
        "/sys/dev/block/253:1/slaves": ["dm-0"], "/sys/dev/block/253:5/slaves": ["dm-0", "dm-7"],
        "/sys/dev/block/9:0/slaves": ["dm-7", "sdb1"],
    ]

    private let devices = BlockDevices(
        mounts: VolumeEncryptionTests.mounts, read: { VolumeEncryptionTests.files[$0] },
        list: { VolumeEncryptionTests.directories[$0] ?? [] })

    @Test(arguments: [
        ("/var/lib/postgresql", VolumeEncryption.dmCrypt), ("/boot/x", .none), ("/bootless", .dmCrypt),
        ("/srv/data/pg", .dmCrypt), ("/tmp/x", .unknown), ("/container/x", .unknown), ("/loop/x", .dmCrypt),
        ("/mixed disks/x", .none), ("/hidden/x", .dmCrypt), ("/gone/x", .unknown),
    ])
    func samples(path: String, expected: VolumeEncryption) {
        #expect(devices.encryption(of: path) == expected)
    }

    @Test func withoutMountsNothingIsKnown() {
        #expect(BlockDevices(mounts: "", read: { _ in nil }, list: { _ in [] }).encryption(of: "/x") == .unknown)
    }

    @Test func aLoopThatLiesOnItselfEnds() {
        let devices = BlockDevices(
            mounts: "1 0 7:1 / / rw - ext4 /dev/loop1 rw",
            read: {
                $0.hasSuffix("backing_file") ? "/x" : $0.hasSuffix("partition") || $0.contains("dm/") ? nil : "7:1"
            },
            list: { _ in [] })
        #expect(devices.encryption(of: "/x") == .unknown)
    }

    @Test func thisMachineAnswers() {
        #expect(VolumeEncryption.allCases.contains(VolumeEncryption.of("/no/such/directory/yet")))
    }
}
