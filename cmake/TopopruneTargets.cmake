# topoprune::topoprune  the library
# topoprune::compiled   the library with its bodies compiled once (cmake/TopopruneCompiled.cmake)
# topoprune::tbb        the library with its parallel loops on oneTBB
# topoprune::hnswlib    the adapter of hnswlib
# topoprune::xtensor    the adapter of xtensor
# topoprune::gudhi      the adapter of GUDHI
# topoprune::io         the readers and writers of files, the manifest and the report (zlib, nlohmann-json)
include(GNUInstallDirs)

add_library(topoprune INTERFACE)
add_library(topoprune::topoprune ALIAS topoprune)
target_compile_features(topoprune INTERFACE cxx_std_20)
target_link_libraries(topoprune INTERFACE Eigen3::Eigen Boost::headers nanoflann::nanoflann Spectra::Spectra
                                          xsimd Threads::Threads)

file(GLOB_RECURSE all_headers CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/include/topoprune/*.hpp
     ${CMAKE_CURRENT_SOURCE_DIR}/include/topoprune/*.ipp)
# Headers with needs beyond the library's own belong to the target that brings them.
set(tbb_headers ${all_headers})
list(FILTER tbb_headers INCLUDE REGEX "/core/detail/parallel_tbb.hpp$")
set(io_headers ${all_headers})
list(FILTER io_headers INCLUDE REGEX "/(io|report)/")
set(hnswlib_headers ${all_headers})
list(FILTER hnswlib_headers INCLUDE REGEX "/adapters/hnswlib.hpp$")
set(xtensor_headers ${all_headers})
list(FILTER xtensor_headers INCLUDE REGEX "/adapters/xtensor.hpp$")
set(gudhi_headers ${all_headers})
list(FILTER gudhi_headers INCLUDE REGEX "/adapters/gudhi.hpp$")
set(core_headers ${all_headers})
list(REMOVE_ITEM core_headers ${tbb_headers} ${io_headers} ${hnswlib_headers} ${xtensor_headers} ${gudhi_headers})
target_sources(topoprune PUBLIC FILE_SET HEADERS BASE_DIRS ${CMAKE_CURRENT_SOURCE_DIR}/include
                                FILES ${core_headers})

set(topoprune_targets topoprune)
set(topoprune_library_targets topoprune)

# Compilers differ in which products and sums they fuse. Without that, they give the same bits. GCC's vectorizer of
# straight-line code fuses a product with a sum and a difference even so.
set(topoprune_rounding_flags -ffp-contract=off $<$<CXX_COMPILER_ID:GNU>:-fno-tree-slp-vectorize>)

# topoprune::<name>: the headers of list <name>_headers, the library and what else they link against.
function(add_topoprune_part name)
  set(target topoprune_${name})
  add_library(${target} INTERFACE)
  add_library(topoprune::${name} ALIAS ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name})
  target_link_libraries(${target} INTERFACE topoprune ${ARGN})
  target_sources(${target} PUBLIC FILE_SET HEADERS BASE_DIRS ${CMAKE_CURRENT_SOURCE_DIR}/include
                                  FILES ${${name}_headers})
  set(topoprune_targets ${topoprune_targets} ${target} PARENT_SCOPE)
  set(topoprune_library_targets ${topoprune_library_targets} ${target} PARENT_SCOPE)
endfunction()

if(TBB_FOUND)
  add_topoprune_part(tbb TBB::tbb)
  target_compile_definitions(topoprune_tbb INTERFACE TOPOPRUNE_USE_TBB)
endif()

if(TOPOPRUNE_HNSWLIB_INCLUDE)
  add_topoprune_part(hnswlib)
  target_include_directories(topoprune_hnswlib SYSTEM INTERFACE $<BUILD_INTERFACE:${TOPOPRUNE_HNSWLIB_INCLUDE}>)
endif()

if(xtensor_FOUND)
  add_topoprune_part(xtensor xtensor)
endif()

if(TOPOPRUNE_GUDHI_INCLUDE)
  add_topoprune_part(gudhi)
  target_include_directories(topoprune_gudhi SYSTEM INTERFACE $<BUILD_INTERFACE:${TOPOPRUNE_GUDHI_INCLUDE}>)
endif()

if(ZLIB_FOUND AND nlohmann_json_FOUND)
  add_topoprune_part(io ZLIB::ZLIB nlohmann_json::nlohmann_json)
endif()
