#!/bin/sh
# Packs the files that smi reads from this machine into one text archive, a fixture for smi-core's tests:
#
#     sudo examples/capture-machine.sh > smi-core/src/test/resources/machines/NAME/tree.txt
#
# FixtureTree in smi-core describes the format. Only root may read energy counters, so run it as root. Serial numbers,
# the names of host and users, hardware addresses, command lines and environments are replaced or left out; names of
# programs, control groups, mount points and interfaces are kept. Read the result before you publish it.
#
# --path.procfs, --path.sysfs and --path.rootfs DIR capture from elsewhere, as they make smi read from elsewhere.
set -eu
LC_ALL=C
export LC_ALL

proc=/proc sys=/sys root=/
while [ $# -gt 0 ]; do
    case $1=${2-} in
        --path.procfs=?*) proc=$2 ;;
        --path.sysfs=?*) sys=$2 ;;
        --path.rootfs=?*) root=$2 ;;
        *)
            echo "usage: $0 [--path.procfs DIR] [--path.sysfs DIR] [--path.rootfs DIR] > tree.txt" >&2
            exit 2
            ;;
    esac
    shift 2
done
proc=$(cd "$proc" && pwd -P)
root=$(cd "$root" && pwd -P)
sys=$(cd "$sys" && pwd -P)
cd "$sys"

# What goes down the pipe is headers, lines of text with a bar in front, and texts in hexadecimal, which shell and awk
# can carry whatever is in them. The last line of this script makes an archive of it.
hex() {
    od -An -v -tx1
}

# file PATH SOURCE: nothing for what is not there, or what its driver has no answer for. Most are one line, for which
# the shell needs no other program.
file() {
    [ -f "$2" ] || return 0
    more=
    if { IFS= read -r line && ! IFS= read -r more && [ -z "$more" ]; } <"$2"; then
        printf '== %s\n|%s\n' "$1" "$line"
    elif bytes=$(hex <"$2"); then
        printf '== %s\n%s\n' "$1" "$bytes"
    fi 2>/dev/null
}

# scrubbed PATH SOURCE SED-SCRIPT
scrubbed() {
    [ -r "$2" ] || return 0
    printf '== %s\n' "$1"
    sed "$3" "$2" | hex
}

# attributes FOLDER NAME...: files of a folder of sysfs, where the shell stands.
attributes() {
    folder=$1
    shift
    for name in "$@"; do
        file "sys/$folder/$name" "$folder/$name"
    done
}

link() {
    if [ -L "$1" ]; then
        printf '== sys/%s -> %s\n' "$1" "$(readlink "$1")"
    fi
}

# members FOLDER: says that there is a folder, and lists what is in it.
members() {
    [ -d "$1" ] || return 0
    printf '== sys/%s/\n' "$1" >&3
    ls "$1"
}

# target PATH: where a folder of sysfs really is.
target() {
    (cd "$1" && real=$(pwd -P) && printf '%s\n' "${real#"$sys"/}")
}

processors() {
    attributes devices/system/cpu online present possible
    attributes devices/system/clocksource/clocksource0 available_clocksource current_clocksource
    for type in core atom lowpower; do
        attributes devices/cpu_$type cpus
    done
    for node in devices/system/node/node[0-9]*; do
        attributes "$node" cpulist
    done
    for policy in devices/system/cpu/cpufreq/policy*; do
        attributes "$policy" scaling_cur_freq cpuinfo_max_freq cpuinfo_min_freq
    done
    for cpu in devices/system/cpu/cpu[0-9]*; do
        attributes "$cpu" online cpu_capacity
        attributes "$cpu/topology" physical_package_id die_id cluster_id core_id core_cpus_list thread_siblings_list \
            package_cpus_list core_siblings_list
        attributes "$cpu/thermal_throttle" core_throttle_count package_throttle_count
        for cache in "$cpu"/cache/index*; do
            attributes "$cache" level type size shared_cpu_list
        done
        link "$cpu/cpufreq"
        if [ ! -L "$cpu/cpufreq" ]; then
            attributes "$cpu/cpufreq" scaling_cur_freq cpuinfo_max_freq cpuinfo_min_freq
        fi
    done
}

sensors() {
    for chip in $(members class/hwmon); do
        link "class/hwmon/$chip"
        chip=$(target "class/hwmon/$chip")
        link "$chip/device"
        attributes "$chip" name device/name
        for input in "$chip"/temp[0-9]*_* "$chip"/fan[0-9]*_* "$chip"/power[0-9]*_* \
            "$chip"/energy[0-9]*_*; do
            case $input in
                *_input | *_average | *_label | *_max | *_crit | *_fault) attributes "$chip" "${input##*/}" ;;
            esac
        done
    done
    for zone in class/thermal/thermal_zone[0-9]*; do
        [ -L "$zone" ] || continue
        link "$zone"
        attributes "$(target "$zone")" type temp
    done
    for domain in $(members class/powercap); do
        link "class/powercap/$domain"
        attributes "$(target "class/powercap/$domain")" name energy_uj max_energy_range_uj
    done
    for supply in $(members class/power_supply); do
        link "class/power_supply/$supply"
        attributes "$(target "class/power_supply/$supply")" type scope status online present power_now current_now \
            voltage_now
    done
    for controller in $(members devices/system/edac/mc); do
        attributes "devices/system/edac/mc/$controller" mc_name ce_count ue_count
    done
}

# A sleeping device is not asked for its link: that wakes it up.
devices() {
    for device in $(members bus/pci/devices); do
        link "bus/pci/devices/$device"
        device=$(target "bus/pci/devices/$device")
        attributes "$device" class vendor device subsystem_vendor subsystem_device revision numa_node boot_vga \
            power/runtime_status power/control
        read -r class <"$device/class" || class=
        case $class in
            0x03* | 0x0604* | 0x12*) ;;
            *) continue ;;
        esac
        if [ -L "$device/driver" ]; then
            link "$device/driver"
            driver=$(target "$device/driver")
            printf '== sys/%s/\n' "$driver"
            attributes "module/${driver##*/}" version
        fi
        read -r status <"$device/power/runtime_status" || status=
        if [ "$status" = active ] || [ "$status" = unsupported ]; then
            attributes "$device" current_link_speed current_link_width max_link_speed max_link_width
        fi
    done 2>/dev/null
}

# A Jetson's GPU is asked for its load only while it is awake: that keeps it so.
jetson() {
    for unit in class/devfreq/*; do
        [ -L "$unit" ] || continue
        link "$unit"
        attributes "$(target "$unit")" cur_freq max_freq
        device=$(target "$unit/device")
        link "$(target "$unit")/device"
        link "$device/of_node"
        attributes "$(target "$device/of_node")" compatible
        attributes "$device" power/runtime_status
        read -r status <"$device/power/runtime_status" || status=
        if [ "$status" = active ] || [ "$status" = unsupported ]; then
            attributes "$device" load
        fi
    done 2>/dev/null
    for monitor in bus/i2c/drivers/ina3221*/[0-9]*; do
        [ -L "$monitor" ] || continue
        link "$monitor"
        monitor=$(target "$monitor")
        for folder in "$monitor"/hwmon/hwmon* "$monitor"/iio:device*; do
            for input in "$folder"/in[1-3]_* "$folder"/curr[1-3]_input "$folder"/rail_name_* "$folder"/in_*_input; do
                attributes "$folder" "${input##*/}"
            done
        done
    done
    if [ -d module/nvgpu ]; then
        echo "== sys/module/nvgpu/"
    fi
    file root/etc/nv_tegra_release "$root/etc/nv_tegra_release"
}

# Tenstorrent's cards; their serial numbers are not told. Rockchip's NPU is among the units of devfreq.
npus() {
    for card in class/tenstorrent/tenstorrent*; do
        [ -L "$card" ] || continue
        link "$card"
        card=$(target "$card")
        link "$card/device"
        attributes "$card" tt_aiclk tt_card_type tt_fw_bundle_ver
        for file in "$card"/device/hwmon/hwmon*/*_input "$card"/device/hwmon/hwmon*/*_max; do
            [ -f "$file" ] || continue
            folder=$(target "${file%/*}")
            attributes "$folder" "${file##*/}"
        done
    done
    for unit in class/devfreq/*; do
        [ -L "$unit" ] && attributes "$(target "$unit")" load
    done
    attributes kernel/debug/rknpu load
} 2>/dev/null

# The nodes of GPUs; what else is in the folder only drives a display.
nodes() {
    for node in class/drm/card* class/drm/renderD* class/accel/accel*; do
        case $node in
            *-* | *\*) continue ;;
        esac
        link "$node"
        node=$(target "$node")
        link "$node/device"
        device=$(target "$node/device")
        attributes "$device" power/runtime_status
        if [ -L "$device/driver" ]; then
            link "$device/driver"
            printf '== sys/%s/\n' "$(target "$device/driver")"
        fi
        amd "$device"
        intel "$node" "$device"
    done
    if [ -d bus/pci/drivers/amdgpu ]; then
        file root/usr/share/libdrm/amdgpu.ids "$root/usr/share/libdrm/amdgpu.ids"
    fi
}

# What amdgpu tells of a card that is awake, but for its serial number and unique id.
amd() {
    read -r status <"$1/power/runtime_status" || status=
    case $(readlink "$1/driver"):$status in
        *amdgpu:active | *amdgpu:unsupported)
            attributes "$1" device revision product_name vbios_version gpu_busy_percent mem_busy_percent \
                mem_info_vram_total mem_info_vram_used pcie_replay_count pp_dpm_sclk pp_dpm_mclk gpu_metrics \
                ras/umc_err_count current_compute_partition current_memory_partition
            for input in "$1"/hwmon/hwmon*/*[0-9]_* "$1"/hwmon/hwmon*/pwm1; do
                [ -f "$input" ] || continue
                attributes "$(target "${input%/*}")" "${input##*/}"
            done
            ;;
    esac
} 2>/dev/null

# What i915, xe and intel_vpu tell of an Intel device that is awake: to ask would wake it up.
intel() {
    read -r status <"$2/power/runtime_status" || status=
    case $(readlink "$2/driver"):$status in
        *i915:active | *i915:unsupported)
            attributes "$1" gt_act_freq_mhz gt_RP0_freq_mhz power/rc6_residency_ms
            for gt in "$1"/gt/gt*; do
                attributes "$gt" rps_act_freq_mhz rps_RP0_freq_mhz rc6_residency_ms
                for reason in "$gt"/throttle_reason_*; do
                    attributes "$gt" "${reason##*/}"
                done
            done
            ;;
        *xe:active | *xe:unsupported)
            for gt in "$2"/tile*/gt*; do
                attributes "$gt" freq0/act_freq freq0/rp0_freq gtidle/idle_residency_ms
                for reason in "$gt"/freq0/throttle/*; do
                    attributes "$gt/freq0/throttle" "${reason##*/}"
                done
            done
            attributes "$2" tile0/memory/freq0/max_freq
            ;;
        *intel_vpu:*)
            attributes "$2" npu_busy_time_us npu_memory_utilization npu_max_frequency_mhz npu_current_frequency_mhz \
                sched_mode
            ;;
    esac
} 2>/dev/null

# Disks, and what they are made of. Of hardware addresses only the maker's half is kept.
disks_and_networks() {
    for disk in $(members class/block); do
        link "class/block/$disk"
        disk=$(target "class/block/$disk")
        attributes "$disk" dev dm/name
        read -r number <"$disk/dev" && link "dev/block/$number"
        for below in "$disk"/slaves/*; do
            link "$below"
        done
    done
    for subsystem in $(members class/nvme-subsystem); do
        link "class/nvme-subsystem/$subsystem"
        for controller in "$(target "class/nvme-subsystem/$subsystem")"/nvme[0-9]*; do
            link "$controller"
        done
    done
    for port in $(members class/net); do
        if [ -d "class/net/$port" ]; then
            link "class/net/$port"
            port=$(target "class/net/$port")
            attributes "$port" ifindex operstate speed mtu
            scrubbed "sys/$port/address" "$port/address" '/[1-9a-f]/s/:..:..:..$/:00:00:01/'
        fi
    done
} 2>/dev/null

firmware() {
    if [ -d class/dmi/id ]; then
        link class/dmi/id
        dmi=$(target class/dmi/id)
        attributes "$dmi" sys_vendor product_name product_version board_vendor board_name bios_vendor bios_version \
            bios_date chassis_type chassis_vendor
        scrubbed "sys/$dmi/product_serial" "$dmi/product_serial" 's/[A-Za-z0-9]/X/g'
    fi
    attributes firmware/devicetree/base model compatible cpus/cpu@0/compatible
    attributes hypervisor type compatible properties/features
}

# groups MOUNT PATH NAME...: limits of a control group and of those above it.
groups() {
    group=$2
    mount=$1
    shift 2
    while [ -n "$group" ]; do
        attributes "$mount$group" "$@"
        group=${group%/*}
    done
    attributes "$mount" "$@"
}

confinement() {
    while IFS=: read -r _ controllers group; do
        case ",$controllers," in
            *,memory,*) groups fs/cgroup/memory "${group%/}" memory.limit_in_bytes memory.usage_in_bytes ;;
            ,,) groups fs/cgroup "${group%/}" memory.max memory.high memory.current ;;
        esac
    done <"$proc/$self/cgroup"
}

kernel() {
    for name in stat meminfo loadavg uptime diskstats net/dev pressure/cpu pressure/memory pressure/io pressure/irq \
        sys/kernel/osrelease sys/kernel/arch xen/capabilities; do
        file "proc/$name" "$proc/$name"
    done
    scrubbed proc/cpuinfo "$proc/cpuinfo" 's/^\(Serial[[:space:]]*: \).*/\10000000000000000/'
    scrubbed proc/sysinfo "$proc/sysinfo" 's/^\(Sequence Code: *\).*/\10000000000000000/'
    scrubbed proc/sys/kernel/hostname "$proc/sys/kernel/hostname" 's/.*/captured/'
    scrubbed proc/sys/kernel/random/boot_id "$proc/sys/kernel/random/boot_id" 's/[0-9a-f]/0/g'
}

# opened PID: what it has open of GPUs, as "descriptor node". Where there is none, nobody is asked.
opened() {
    [ -e class/drm/renderD128 ] || return 0
    ls -l "$proc/$1/fd" 2>/dev/null | sed -n 's|.* \([0-9]*\) -> .*/dev/dri/\(.*\)|\1 \2|p'
}

# process PID: one that has a command line gets another.
process() {
    opened "$1" | while read -r fd node; do
        printf '== proc/%s/fd/%s -> ../../../dev/dri/%s\n' "$1" "$fd" "$node"
        file "proc/$1/fdinfo/$fd" "$proc/$1/fdinfo/$fd"
    done
    for name in stat statm status io comm cgroup; do
        file "proc/$1/$name" "$proc/$1/$name"
    done
    if [ -n "$(tr -d '\0' <"$proc/$1/cmdline")" ]; then
        printf '== proc/%s/cmdline\n' "$1"
        printf 'scrubbed\0' | hex
    else
        file "proc/$1/cmdline" "$proc/$1/cmdline"
    fi
}

# The first, the kernel's, this one, those that use a GPU, and some more that have a command line.
processes() {
    pids="1 2 $self"
    left=20
    for folder in "$proc"/[0-9]*; do
        pid=${folder##*/}
        case " $pids " in
            *" $pid "*) continue ;;
        esac
        if [ $left -gt 0 ] && [ -n "$(opened "$pid")" ]; then
            pids="$pids $pid"
            left=$((left - 1))
        fi
    done
    for folder in "$proc"/[0-9]*; do
        pid=${folder##*/}
        case " $pids " in
            *" $pid "*) continue ;;
        esac
        if [ $left -gt 0 ] && [ -n "$(tr -d '\0' <"$folder/cmdline")" ]; then
            pids="$pids $pid"
            left=$((left - 1))
        fi
    done
    for pid in $pids; do
        if [ -d "$proc/$pid" ]; then
            process "$pid"
        fi
    done
    printf '== proc/self -> %s\n' "$self"
    file "proc/$self/auxv" "$proc/$self/auxv"
    file "proc/$self/limits" "$proc/$self/limits"
    printf '== proc/%s/mountinfo\n' "$self"
    # The options of file systems may name people and servers; which group of controllers it is stands in those of cgroup.
    awk '$5 != "/" && !/ - cgroup/ { sub(/,.*/, "", $NF) } { print }' "$proc/$self/mountinfo" |
        sed -E 's#(/home/|/media/)[^/,: ]*#\1user#g; s#( - [^ ]+) [^ /]*:[^ ]* #\1 server:/export #; s#( - [^ ]+) //[^ ]* #\1 //server/share #' |
        hex
    printf '== proc/1/environ\n'
    tr '\0' '\n' <"$proc/1/environ" | sed -n '/^container=/p' | tr '\n' '\0' | hex
}

system() {
    file root/etc/os-release "$root/etc/os-release"
    file root/usr/lib/os-release "$root/usr/lib/os-release"
    for name in .dockerenv run/systemd/container run/host/container-manager; do
        file "root/$name" "$root/$name"
    done
    scrubbed root/run/.containerenv "$root/run/.containerenv" '/^engine=/!d'
    printf '== root/etc/passwd\n'
    awk -F: -v OFS=: '{
        if ($3 >= 1000 && $3 < 65534) $1 = "user" $3
        print $1, "x", $3, $4, "", "/", "/bin/sh"
    }' "$root/etc/passwd" | hex
}

# What /proc/self is to a child of this shell is gone by the time it is read.
self=$(readlink "$proc/self" 2>/dev/null) || self=$$
[ -d "$proc/$self" ] || self=$$

{
    echo '# Captured by examples/capture-machine.sh.'
    {
        kernel
        processes 2>/dev/null
        processors
        sensors
        devices
        jetson
        npus
        nodes
        disks_and_networks
        firmware
        confinement
        system
    } 3>&1
} | awk '
    function write(byte) {
        if (byte == "\n") {
            print line
            line = ""
        } else {
            line = line (byte == "=" && line == "" ? "\\x3d" : text[byte])
        }
    }
    function finish() {
        if (line != "") print line "\\"
        line = ""
    }
    BEGIN {
        for (i = 0; i < 256; i++) {
            byte = sprintf("%c", i)
            name = sprintf("%02x", i)
            bytes[name] = byte
            text[byte] = i < 32 || i > 126 ? "\\x" name : byte
        }
        text["\\"] = "\\\\"
        text["\t"] = "\t"
    }
    /^[#=]/ {
        finish()
        print
        next
    }
    /^[|]/ {
        for (i = 2; i <= length($0); i++) write(substr($0, i, 1))
        write("\n")
        next
    }
    {
        for (i = 1; i <= NF; i++) {
            if ($i == "00") line = line "\\0"
            else write(bytes[$i])
        }
    }
    END { finish() }'
