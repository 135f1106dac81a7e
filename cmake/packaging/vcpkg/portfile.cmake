# OWNER and the hash are set at a release, as cmake/packaging/README.md says: vcpkg refuses the hash 0 and prints the
# right one.
vcpkg_from_github(
    OUT_SOURCE_PATH SOURCE_PATH
    REPO OWNER/topoprune
    REF "v${VERSION}"
    SHA512 0
    HEAD_REF main
)

# What a feature needs is found if it is installed: features that were not asked for must not find it.
vcpkg_check_features(OUT_FEATURE_OPTIONS FEATURE_OPTIONS
    FEATURES
        compiled TOPOPRUNE_BUILD_COMPILED
    INVERTED_FEATURES
        tbb      CMAKE_DISABLE_FIND_PACKAGE_TBB
        io       CMAKE_DISABLE_FIND_PACKAGE_nlohmann_json
        xtensor  CMAKE_DISABLE_FIND_PACKAGE_xtensor
)
if(NOT "hnswlib" IN_LIST FEATURES)
    list(APPEND FEATURE_OPTIONS -DTOPOPRUNE_HNSWLIB_INCLUDE=OFF)
endif()

# Headers are the same in every configuration.
if(NOT "compiled" IN_LIST FEATURES)
    set(VCPKG_BUILD_TYPE release)
endif()

vcpkg_cmake_configure(
    SOURCE_PATH "${SOURCE_PATH}"
    OPTIONS
        ${FEATURE_OPTIONS}
        -DTOPOPRUNE_BUILD_TESTS=OFF
        -DTOPOPRUNE_BUILD_EXAMPLES=OFF
        -DTOPOPRUNE_GUDHI_INCLUDE=OFF # vcpkg has no GUDHI
        -DTOPOPRUNE_NATIVE=OFF # a package is for other machines too
)
vcpkg_cmake_install()
vcpkg_cmake_config_fixup(CONFIG_PATH lib/cmake/topoprune)
vcpkg_fixup_pkgconfig()

# The license lies where vcpkg looks for it.
file(REMOVE_RECURSE "${CURRENT_PACKAGES_DIR}/debug/include" "${CURRENT_PACKAGES_DIR}/debug/share"
                    "${CURRENT_PACKAGES_DIR}/share/doc")
file(INSTALL "${CMAKE_CURRENT_LIST_DIR}/usage" DESTINATION "${CURRENT_PACKAGES_DIR}/share/${PORT}")
vcpkg_install_copyright(FILE_LIST "${SOURCE_PATH}/LICENSE")
